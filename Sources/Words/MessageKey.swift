/// Every sentence that a program may say about one subscription, reasons and deadlines, or about a list.
///
/// The name is the `key` of a message in at-risk.json, so cases are only ever added.
package enum MessageKey: String, Sendable, Hashable, CaseIterable {
  // MARK: How recently it was used
  case usedLastDay
  case usedLastDayUsualGap
  case usedWithin
  case silent
  case silentUsualGap
  case silentLongerThanNearlyAll
  case silentLongerThanMost
  case silentTimesUsual
  case notSilentLonger
  case noUsageKnown
  case neverUsed
  case neverUsedSinceStart
  case hasBeenUsed
  case noUsageImported
  case usuallyDaily
  case usuallyEvery
  case rhythmUnknown
  case neverPaused
  case longestGap
  case gapsAsLong
  case usedEveryOnAverage
  case usedDaysInAll
  case usedWeeksInAll
  case chanceOfSilence
  case usedShareOfDays
  case firstUsed
  case inUseThroughout
  case firstUsedAfterShare
  case firstUseUnknown
  case firstUsedBeforeStart
  case firstUsedAfterStart

  // MARK: How much it is used, and whether that changes
  case usedDaysOfWindow
  case usedDaysAgainstBefore
  case windowUnknown
  case windowUnknownInFull
  case noUsageInWindow
  case quantityTiny
  case quantity
  case usageFell
  case usageRose
  case usageMultiplied
  case usageStopped
  case usageBegan
  case usageSteady
  case metersUsed
  case weekendShare
  case weeklyVariation
  case weeklyVariationUnknown
  case lastWeekShare
  case usualWeekUnknown
  case lastWeekAgainstPartner
  case lastWeekNotComparable
  case lastUseLevel
  case lastUseLevelUnknown
  case regularServices
  case allKindsStillUsed
  case kindsLost
  case onlyStorageLeft
  case moreThanStorage
  case devTestShare
  case regions
  case regionsUnknown
  case costTrend
  case costsUnknown
  case alikeUseSameServices
  case alikeServicesMissed
  case alikeServicesNeverUsed
  case alikeServicesLeftOut
  case alikeTooFewToCompare
  case alikeUsedAsOften
  case alikeUsedFewerDays
  case alikeUsedMoreDays
  case alikeLevel
  case alikeLevelUnknown
  case alikeUsedLessInAll
  case alikeUsedAsMuchInAll
  case alikeUsedMoreInAll

  // MARK: Age, renewal and commitment
  case startsIn
  case started
  case startUnknown
  case autoRenewOn
  case autoRenewOff
  case autoRenewOffUnlikePartner
  case autoRenewOnUnlikePartner
  case autoRenewOnLikePartner
  case autoRenewOffLikePartner
  case autoRenewUnknown
  case autoRenewNotComparable
  case switchedOff
  case switchedOffUnlikePartner
  case notSwitchedOff
  case switchNotSeen
  case commitmentEnded
  case commitmentEndsToday
  case commitmentEndsIn
  case noCommitment
  case lastRenewed
  case notRenewed
  case neverSuspended
  case suspendedBefore
  case suspensionsUnknown
  case planChanged
  case planUnchanged
  case noReservation
  case reservedShare
  case reservationEndsToday
  case reservationEndsIn
  case noReservationEnd
  case transferred
  case noTransfer

  // MARK: Trial
  case trialRunning
  case noTrial
  case trialEndsToday
  case trialEndsIn
  case trialBecamePaid
  case notFromTrial
  case paidBeforeTrial
  case paidAfterTrialStart
  case notPaidAfterTrial

  // MARK: Licences
  case noLicences
  case licences
  case licencesUnknown
  case seatsChanged
  case seatsUnchanged
  case seatsReduced
  case seatsIncreased
  case seatsReducedFrom
  case seatsIncreasedFrom

  // MARK: The customer's other subscriptions
  case onlyAzureSubscription
  case otherAzureSubscriptions
  case otherAzureUnknown
  case noOtherProducts
  case otherProducts
  case otherProductsUnknown
  case siblingClosed
  case noSiblingClosed
  case siblingsClosedUnknown
  case noSiblingClosedInWindow
  case siblingsClosedInWindow
  case siblingsClosedShare
  case noOtherAzure
  case usesNoOther
  case otherUsedLastDay
  case othersSilent
  case customerReferrals
  case customerReferralsUnknown

  // MARK: Product, market, reseller and comparable subscriptions
  case alikeLost
  case alikeLostUnknown
  case resellerLost
  case resellerLostUnknown
  case marketLost
  case marketLostUnknown
  case resellerSuspended
  case noResellerSuspended
  case resellerDeprovisioned
  case noResellerDeprovisioned
  case resellerFirstLoss
  case noResellerLoss
  case marketReferrals
  case marketReferralsUnknown
  case marketSearches
  case marketSearchesUnknown
  case market
  case marketUnknown
  case product
  case productUnknown
  case billingCycle
  case billingCycleUnknown
  case soldByReseller
  case resellerUnknown

  // MARK: Features without words of their own
  case otherValue
  case otherUnknown
  case otherLevel

  // MARK: Deadlines
  case deadlineTrialEnds
  case deadlineCommitmentEnds
  case deadlineReservationEnds
  case deadlineUnusedNotice
  case deadlineUnusedBlock
  case deadlineUnusedDelete
  case deadlineDeletionAfterCancel

  // MARK: What a reader of a list must know; whole sentences
  case remarkUsageStale
  case remarkNoUsage
  case remarkExportIncomplete
  case remarkExportLacksPages
  case remarkSourceMissing
  case remarkIdMismatch
  case remarkModelFromLater
  case remarkTooLittleHistory
  case remarkSurvivorBias
  case remarkBaseRateOfAllRows
  case remarkNoRanking
  case remarkNoProvenSkill
  case remarkLinearOnly
  case remarkNotConverged
  case remarkCalibrationOff
  case remarkScoreDrift
  case remarkFeatureDrift
  case remarkOrderWithoutValues
  case remarkSeveralUnits
  case remarkUnratedUnits
  case remarkProfitWithoutMoney
  case remarkProfitByPoints
  case remarkHoldOutEmpty
  case remarkOwnersConflict
  case remarkOwnersUnmatched
  case remarkContactsUnmatched
  case remarkContactsLater
  case remarkSnoozeWithoutEnd
}
