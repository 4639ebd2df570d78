// The sentences of reasons and deadlines in English; Template.swift explains the braces.
extension English {
  func text(_ key: MessageKey) -> String {
    switch key {
    // How recently it was used
    case .usedLastDay: "Used on the last day known"
    case .usedLastDayUsualGap: "Used on the last day known; its usual gap is {usualGapDays:days}"
    case .usedWithin: "Used within the last {days:days} known"
    case .silent: "No usage for {days:days}"
    case .silentUsualGap: "No usage for {days:days}; its usual gap is {usualGapDays:days}"
    case .silentLongerThanNearlyAll:
      "No usage for {days:days}, longer than nearly all of its gaps before"
    case .silentLongerThanMost: "No usage for {days:days}, longer than most of its gaps before"
    case .silentTimesUsual: "Silent for {times} times as long as is usual for it"
    case .notSilentLonger: "Not silent for longer than is usual for it"
    case .noUsageKnown: "No usage known"
    case .neverUsed: "Never used"
    case .neverUsedSinceStart: "Never used since its start {days:ago}"
    case .hasBeenUsed: "Has been used"
    case .noUsageImported: "The history holds no usage"
    case .usuallyDaily: "Usually used every day"
    case .usuallyEvery: "Usually used every {days:days}"
    case .rhythmUnknown: "Too little usage to know its rhythm"
    case .neverPaused: "Has never paused"
    case .longestGap: "Its longest gap so far was {days:days}"
    case .gapsAsLong: "Of its past gaps {share:percent} were at least as long as the present one"
    case .usedEveryOnAverage: "Used every {days:days} on average"
    case .usedDaysInAll: "Used on {days:days} in all"
    case .usedWeeksInAll: "Used in {count|# week|# weeks} in all"
    case .chanceOfSilence:
      "At its average pace, 28 days without usage have a chance of {share:percent}"
    case .usedShareOfDays: "Used on {share:percent} of the days since its first usage"
    case .firstUsed: "First used {days:ago}"
    case .inUseThroughout: "In use since the first days of which usage is known"
    case .firstUsedAfterShare:
      "First used after {share:percent} of the time of which usage is known"
    case .firstUseUnknown: "How soon it was first used is not known"
    case .firstUsedBeforeStart: "First used before its start"
    case .firstUsedAfterStart: "First used {days:days} after its start"
    // How much it is used, and whether that changes
    case .usedDaysOfWindow: "Used on {count} of the last {windowDays} days"
    case .usedDaysAgainstBefore:
      "Used on {count} of the last {windowDays} days and on {countBefore} of the {windowDays} before"
    case .windowUnknown: "Usage of the last {windowDays} days is not known"
    case .windowUnknownInFull: "Usage of the last {windowDays} days is not known in full"
    case .noUsageInWindow: "No usage in the last {windowDays} days"
    case .quantityTiny: "Less than 0.1 typical lines of usage a day over the last {windowDays} days"
    case .quantity:
      "{lines|# typical line|# typical lines} of usage a day over the last {windowDays} days"
    case .usageFell:
      "Usage fell by {share:percent} in the last {windowDays} days, against the {windowDays} before"
    case .usageRose:
      "Usage rose by {share:percent} in the last {windowDays} days, against the {windowDays} before"
    case .usageMultiplied:
      "Usage of the last {windowDays} days is {times} times that of the {windowDays} before"
    case .usageStopped:
      "No usage in the last {windowDays} days, after some in the {windowDays} before"
    case .usageBegan: "Usage in the last {windowDays} days, after none in the {windowDays} before"
    case .usageSteady:
      "Usage of the last {windowDays} days is about that of the {windowDays} before"
    case .metersUsed: "{count|=0 No meter|# meter|# meters} used in the last {windowDays} days"
    case .weekendShare: "Of the days with usage {share:percent} are Saturdays or Sundays"
    case .weeklyVariation: "Its weekly usage varies by {share:percent} around its mean"
    case .weeklyVariationUnknown: "Too few weeks of usage to know how it varies"
    case .lastWeekShare: "Last week's usage was {share:percent} of its usual week"
    case .usualWeekUnknown: "Too few weeks of usage to know a usual week"
    case .lastWeekAgainstPartner:
      "Last week's usage was {share:percent} of its usual week, setting aside the change that all saw"
    case .lastWeekNotComparable: "Too little usage to compare last week's change with everyone's"
    case .lastUseLevel:
      "When last used, a service reached {share:percent} of its usual amount"
    case .lastUseLevelUnknown:
      "No service was used often enough to compare its last days of use"
    case .regularServices:
      "{count|=0 No service|# service|# services} used on several of the last 91 days"
    case .allKindsStillUsed: "Still uses every kind of service it used before"
    case .kindsLost: "{count|# kind|# kinds} of service used before, not in the last 28 days"
    case .onlyStorageLeft: "Only storage is left of what was used before"
    case .moreThanStorage: "Uses more than what is left in storage"
    case .devTestShare: "Of its usage lines {share:percent} are for development and tests"
    case .regions: "Used in {count|# region|# regions}"
    case .regionsUnknown: "Its regions are not known"
    case .costTrend:
      "Cost of the last {windowDays} days is {share:percent} of the {windowDays} before"
    case .costsUnknown: "Costs of the last {windowDays} days are not known in full"
    case .alikeUseSameServices: "Uses every service that is common among comparable subscriptions"
    case .alikeServicesMissed:
      "Did not use {count|# service|# services} in the last {windowDays} days that comparable subscriptions commonly use"
    case .alikeServicesNeverUsed:
      "Has never used {count|# service|# services} that comparable subscriptions commonly use"
    case .alikeServicesLeftOut:
      "Left out so much of what comparable subscriptions used in the last {windowDays} days that chance explains it in {share:percent} of cases"
    case .alikeTooFewToCompare: "Too few comparable subscriptions to compare the usage with"
    case .alikeUsedAsOften:
      "Used as often as comparable subscriptions in the last {windowDays} days"
    case .alikeUsedFewerDays:
      "In the last {windowDays} days used on {days:days} fewer than comparable subscriptions"
    case .alikeUsedMoreDays:
      "In the last {windowDays} days used on {days:days} more than comparable subscriptions"
    case .alikeLevel: "Uses {share:percent} of what comparable subscriptions use"
    case .alikeLevelUnknown:
      "Used nothing in {windowDays} days that can be compared with other subscriptions"
    case .alikeUsedLessInAll: "Has used less in all than comparable subscriptions"
    case .alikeUsedAsMuchInAll: "Has used about as much in all as comparable subscriptions"
    case .alikeUsedMoreInAll: "Has used more in all than comparable subscriptions"
    // Age, renewal and commitment
    case .startsIn: "Starts in {days:days}"
    case .started: "Started {days:ago}"
    case .startUnknown: "Its start is not known"
    case .autoRenewOn: "Renews automatically"
    case .autoRenewOff: "Auto-renew is off"
    case .autoRenewOffUnlikePartner:
      "Auto-renew is off; {partnerShare:percent} of this partner's subscriptions renew automatically"
    case .autoRenewOnUnlikePartner:
      "Renews automatically, unlike {share:percent} of this partner's other subscriptions"
    case .autoRenewOnLikePartner:
      "Renews automatically, as all of this partner's other subscriptions do"
    case .autoRenewOffLikePartner:
      "Auto-renew is off, as for all of this partner's other subscriptions"
    case .autoRenewUnknown: "Auto-renew is not known"
    case .autoRenewNotComparable: "Auto-renew is not known of it or of enough others"
    case .switchedOff: "Auto-renew was switched off {days:ago}"
    case .switchedOffUnlikePartner:
      "Auto-renew was switched off {days:ago}; {partnerShare:percent} of this partner's subscriptions renew automatically"
    case .notSwitchedOff: "Auto-renew has not been switched off for it alone"
    case .switchNotSeen: "Auto-renew was not seen to switch off for it alone"
    case .commitmentEnded: "The commitment ended {days:ago}"
    case .commitmentEndsToday: "The commitment ends today"
    case .commitmentEndsIn: "The commitment ends in {days:days}"
    case .noCommitment: "No commitment with an end"
    case .lastRenewed: "Last renewed {days:ago}"
    case .notRenewed: "Not renewed so far"
    case .neverSuspended: "Never suspended"
    case .suspendedBefore: "Suspended {count|=1 once|=2 twice|# time|# times} before"
    case .suspensionsUnknown: "Past suspensions are not known"
    case .planChanged: "Its product or billing cycle changed {days:ago}"
    case .planUnchanged: "Its product and billing cycle were not seen to change"
    case .noReservation: "No reservation in use"
    case .reservedShare: "A reservation pays for {share:percent} of its usage lines"
    case .reservationEndsToday: "The customer's reservation ends today"
    case .reservationEndsIn: "The customer's first reservation ends in {days:days}"
    case .noReservationEnd: "No reservation with an end"
    case .transferred: "Transferred {days:ago}"
    case .noTransfer: "No transfer is known"
    // Trial
    case .trialRunning: "A trial is running"
    case .noTrial: "No trial is running"
    case .trialEndsToday: "The trial ends today"
    case .trialEndsIn: "The trial ends in {days:days}"
    case .trialBecamePaid: "Its trial became paid"
    case .notFromTrial: "Did not come from a trial"
    case .paidBeforeTrial: "Became paid before its trial began"
    case .paidAfterTrialStart: "Became paid {days:days} after its trial began"
    case .notPaidAfterTrial: "Did not become paid after a trial"
    // Licences
    case .noLicences: "No licences"
    case .licences: "{count|# licence|# licences}"
    case .licencesUnknown: "Its licences are not known"
    case .seatsChanged: "Its number of licences changed {days:ago}"
    case .seatsUnchanged: "Its licences were not seen to change"
    case .seatsReduced: "The last change of its licences was a reduction"
    case .seatsIncreased: "The last change of its licences was an increase"
    case .seatsReducedFrom: "Its licences were last reduced from {countBefore} to {count}"
    case .seatsIncreasedFrom: "Its licences were last increased from {countBefore} to {count}"
    // The customer's other subscriptions
    case .onlyAzureSubscription: "The customer's only active Azure subscription"
    case .otherAzureSubscriptions:
      "The customer has {count|# other active Azure subscription|# other active Azure subscriptions}"
    case .otherAzureUnknown: "The customer's other Azure subscriptions are not known"
    case .noOtherProducts: "The customer has no active subscription to other products"
    case .otherProducts:
      "The customer has {count|# active subscription|# active subscriptions} to other products"
    case .otherProductsUnknown: "The customer's other products are not known"
    case .siblingClosed: "The customer last closed another Azure subscription {days:ago}"
    case .noSiblingClosed: "The customer has closed no other Azure subscription"
    case .siblingsClosedUnknown: "What the customer closed before is not known"
    case .noSiblingClosedInWindow:
      "The customer closed no other Azure subscription in the last {windowDays} days"
    case .siblingsClosedInWindow:
      "The customer closed {count|# other Azure subscription|# other Azure subscriptions} in the last {windowDays} days"
    case .siblingsClosedShare:
      "The customer closed {share:percent} of its other Azure subscriptions in the last 91 days"
    case .noOtherAzure: "The customer has no other Azure subscription"
    case .usesNoOther: "The customer uses no other Azure subscription"
    case .otherUsedLastDay: "The customer used another Azure subscription on the last day known"
    case .othersSilent: "The customer has used no other Azure subscription for {days:days}"
    case .customerReferrals:
      "{count|=0 No referral|# referral|# referrals} of the customer in the last 365 days"
    case .customerReferralsUnknown: "Referrals of the customer are not known"
    // Product, market, reseller and comparable subscriptions
    case .alikeLost:
      "{share:percent} of comparable subscriptions were lost in the last {windowDays} days"
    case .alikeLostUnknown: "Too few comparable subscriptions to tell how many were lost"
    case .resellerLost:
      "{share:percent} of the reseller's other subscriptions were lost in the last 91 days"
    case .resellerLostUnknown: "How many subscriptions its reseller lost is not known"
    case .marketLost:
      "{share:percent} of the other subscriptions in the customer's market were lost in the last 91 days"
    case .marketLostUnknown:
      "How many subscriptions of the customer's market were lost is not known"
    case .resellerSuspended: "A subscription of its reseller was last suspended {days:ago}"
    case .noResellerSuspended: "No suspended subscription of its reseller is known"
    case .resellerDeprovisioned: "A subscription of its reseller was last deprovisioned {days:ago}"
    case .noResellerDeprovisioned: "No deprovisioned subscription of its reseller is known"
    case .resellerFirstLoss: "Its reseller first lost a subscription {days:ago}"
    case .noResellerLoss: "No lost subscription of its reseller is known"
    case .marketReferrals:
      "{count|=0 No referral|# referral|# referrals} from the customer's market in the last 91 days"
    case .marketReferralsUnknown: "Referrals from the customer's market are not known"
    case .marketSearches:
      "The partner came up in {count|=0 no search|# search|# searches} from the customer's market in the last 91 days"
    case .marketSearchesUnknown: "Searches from the customer's market are not known"
    case .market: "Market: {level:text}"
    case .marketUnknown: "Market: unknown"
    case .product: "Product: {level:text}"
    case .productUnknown: "Product: unknown"
    case .billingCycle: "Billing cycle: {level:text}"
    case .billingCycleUnknown: "Billing cycle: unknown"
    case .soldByReseller: "Sold by this reseller"
    case .resellerUnknown: "Its reseller is unknown"
    // Features without words of their own
    case .otherValue: "{feature:text} is {value}"
    case .otherUnknown: "{feature:text} is not known"
    case .otherLevel: "{feature:text}: {level:text}"
    // Deadlines
    case .deadlineTrialEnds: "The trial ends on {date:date} ({days:left}) and has not become paid"
    case .deadlineCommitmentEnds:
      "The commitment ends on {date:date} ({days:left}) and auto-renew is off"
    case .deadlineReservationEnds: "A reservation of the customer ends on {date:date} ({days:left})"
    case .deadlineUnusedNotice:
      "If it stays unused, Microsoft announces the block by {date:date} ({days:left})"
    case .deadlineUnusedBlock:
      "If it stays unused, Microsoft blocks it by {date:date} ({days:left})"
    case .deadlineUnusedDelete:
      "If it stays unused, Microsoft deletes it by {date:date} ({days:left})"
    case .deadlineDeletionAfterCancel:
      "If it was cancelled, it is deleted with its data by {date:date} ({days:left})"
    // What a reader of a list must know
    case .remarkUsageStale:
      "The usage of source '{text:text}' ends on {date:date}, {days:days} before the day of this list. Gaps are counted up to that day, so nobody is flagged for the delay. Import newer usage."
    case .remarkNoUsage:
      "The history holds no usage lines: scores rest on the subscriptions' own fields. Import the Azure usage export."
    case .remarkExportIncomplete:
      "The export of {date:date} lacks {share:percent} of the subscriptions it should still show. It counts as incomplete: nobody in it is taken for missing. Download it again."
    case .remarkExportLacksPages:
      "The export of {date:date} lacks pages. Nobody in it is taken for missing. Download the other pages."
    case .remarkSourceMissing:
      "Source '{text:text}' was last exported on {date:date}, {days:days} before the day of this list. Its subscriptions are scored by what was known then."
    case .remarkIdMismatch:
      "Only {count} of the {rows} subscriptions with usage appear as Azure subscriptions in the subscription exports; the two may use different ids or come from different tenants."
    case .remarkModelFromLater:
      "The model was trained on {date:date} and has seen what happened after the day of this list: the list looks better than it would have been."
    case .remarkTooLittleHistory:
      "Too little is known for a model, and none was fitted. The list is ordered by the transparent rule score, which is no probability."
    case .remarkSurvivorBias:
      "{count} of {rows} training rows lie before the first export and rest on dated facts alone. Subscriptions that had left the exports by then are not among them, so churn is probably underestimated. Keep importing weekly exports."
    case .remarkBaseRateOfAllRows:
      "Over the last 365 days whose outcome is known nobody churned, or everybody did. The risk bands are set against the rate of all training rows, {share:percent}, instead."
    case .remarkNoRanking:
      "The model cannot rank: on days it had not seen no fit was reliably better than the base rate, so every subscription has the same probability."
    case .remarkNoProvenSkill:
      "Grade C: it is not proven that the model does better than the base rate and the days since last usage. The list is ordered by the transparent rule score and the nearest deadlines; the probabilities stand beside them."
    case .remarkLinearOnly: "Boosted trees were not tried. The linear model stands alone."
    case .remarkNotConverged:
      "The final fit did not come to its end; its coefficients are not exact."
    case .remarkCalibrationOff:
      "Of every 100 losses that the list of {date:date} expected among those nobody spoke with, {count} came: its probabilities are off."
    case .remarkScoreDrift:
      "Customers score differently than on {date:date}: the stability index is {value:hundredths}, where chance gives at most {critical:hundredths}. Something has changed in the business or in the exports."
    case .remarkFeatureDrift:
      "{count|# feature|# features} changed since {date:date}, most of all {text:text}."
    case .remarkOrderWithoutValues:
      "The lists were to be ordered by expected loss, but no row on them has one, for want of a probability or of a value: they stand in the order of the scores."
    case .remarkSeveralUnits:
      "The expected losses on the lists are in different units, which cannot be compared: {text:text}. The largest group of each list stands first. Exchange rates bring currencies into one."
    case .remarkUnratedUnits:
      "Of the rows on the lists, {count} are ordered by the expected loss in money; after them stand those without an exchange rate: {text:text}."
    case .remarkProfitWithoutMoney:
      "What contacts may earn cannot be told: none of {rows} scored subscriptions has a cost in a currency of {text:text}. Values of usage or licences are no money."
    case .remarkProfitByPoints:
      "What contacts may earn cannot be told: the list is ordered by points, which are no probabilities."
    case .remarkHoldOutEmpty:
      "The hold-out leaves nobody alone: there is no customer whose subscriptions are all known to cost at most {text:text} in a year. Its limit is money of one currency: name it, or give exchange rates, where costs are in several."
    case .remarkOwnersConflict:
      "The owners give {text:text} to two account managers from the same day{count|=0 |, and # more customers or subscriptions|, and # more customers or subscriptions}: the line that came last holds. Correct the owners file, or give the newer line a day in 'from'."
    case .remarkOwnersUnmatched:
      "{count} of {rows} lines of the owners are of nobody in these scores; the first names {text:text}."
    case .remarkContactsUnmatched:
      "{count} of {rows} contacts are about subscriptions that are not in these scores; the first is of {date:date} about {text:text}."
    case .remarkContactsLater:
      "{count} of {rows} contacts are of later days than these scores and do not count yet; the first is of {date:date} about {text:text}."
    case .remarkSnoozeWithoutEnd:
      "{count} of {rows} contacts are snoozes without a day in 'until' and hold for two weeks, as calls do; the first is of {date:date} about {text:text}."
    }
  }
}
