internal import Words

/// How a sentence sounds to somebody who reads it as a reason.
///
/// Models weigh columns against each other, and may take from the risk of a subscription for a sibling that
/// was closed. The number is right as a part of the sum; "In its favour: the customer closed another
/// subscription" is a sentence that costs the whole list its readers. So what sounds one way is no reason in
/// the other direction, and stays among the other contributions.
enum MessageTone: Hashable {
  case worrying, reassuring, neutral
  /// It tells nothing that anybody could use: that something is unknown, that there is a reseller, a number of
  /// typical lines.
  case empty

  /// Shares of a window's days that are little and much usage.
  private static let (rare, often) = (0.1, 0.75)

  /// Whether it may stand among what raises (`sign` above 0) or lowers the risk.
  func fits(sign: Double) -> Bool {
    switch self {
    case .worrying: sign > 0
    case .reassuring: sign < 0
    case .neutral, .empty: true
    }
  }

  init(_ message: Message) {
    func number(_ name: Argument.Name) -> Double {
      for argument in message.arguments where argument.name == name {
        if case .number(let number) = argument.value { return number }
      }
      return .nan
    }
    /// A number against the one at which nothing has changed.
    func change(_ now: Double, from before: Double) -> Self {
      now < before ? .worrying : now > before ? .reassuring : .neutral
    }
    self =
      switch message.key {
      case .silentUsualGap:
        number(.days) > number(.usualGapDays) ? .worrying : .reassuring
      case .silent, .silentLongerThanNearlyAll, .silentLongerThanMost, .silentTimesUsual,
        .neverUsed,
        .neverUsedSinceStart, .noUsageInWindow, .usageFell, .usageStopped, .kindsLost,
        .onlyStorageLeft, .alikeServicesMissed, .alikeServicesNeverUsed,
        .alikeServicesLeftOut, .alikeUsedFewerDays, .alikeUsedLessInAll, .autoRenewOff,
        .autoRenewOffUnlikePartner, .switchedOff,
        .switchedOffUnlikePartner, .commitmentEnded,
        .seatsReduced, .seatsReducedFrom, .suspendedBefore, .siblingClosed, .resellerSuspended,
        .resellerDeprovisioned, .resellerFirstLoss:
        .worrying
      case .usedLastDay, .usedLastDayUsualGap, .usedWithin, .notSilentLonger, .hasBeenUsed,
        .neverPaused, .inUseThroughout, .usageRose, .usageMultiplied, .usageBegan, .usageSteady,
        .allKindsStillUsed, .moreThanStorage, .alikeUseSameServices, .alikeUsedMoreDays,
        .alikeUsedMoreInAll,
        .autoRenewOn, .autoRenewOnUnlikePartner, .autoRenewOnLikePartner, .notSwitchedOff,
        .neverSuspended, .trialBecamePaid, .seatsIncreased, .seatsIncreasedFrom, .noSiblingClosed,
        .noSiblingClosedInWindow, .otherUsedLastDay, .noResellerSuspended,
        .noResellerDeprovisioned, .noResellerLoss:
        .reassuring
      case .usedDaysOfWindow:
        number(.count) <= Self.rare * number(.windowDays)
          ? .worrying
          : number(.count) >= Self.often * number(.windowDays) ? .reassuring : .neutral
      case .usedDaysAgainstBefore: change(number(.count), from: number(.countBefore))
      case .lastWeekShare, .lastWeekAgainstPartner, .lastUseLevel, .costTrend:
        change(number(.share), from: 1)
      case .siblingsClosedInWindow: number(.count) > 0 ? .worrying : .reassuring
      case .siblingsClosedShare: number(.share) > 0 ? .worrying : .reassuring
      case .metersUsed, .regularServices: number(.count) == 0 ? .worrying : .neutral
      case .noUsageImported, .rhythmUnknown, .firstUseUnknown, .windowUnknown,
        .windowUnknownInFull, .weeklyVariationUnknown, .usualWeekUnknown, .lastUseLevelUnknown,
        .lastWeekNotComparable,
        .regionsUnknown, .costsUnknown, .alikeTooFewToCompare, .alikeLevelUnknown, .startUnknown,
        .autoRenewUnknown, .autoRenewNotComparable, .switchNotSeen, .suspensionsUnknown,
        .licencesUnknown, .otherAzureUnknown, .otherProductsUnknown, .siblingsClosedUnknown,
        .customerReferralsUnknown, .alikeLostUnknown, .resellerLostUnknown, .marketLostUnknown,
        .marketReferralsUnknown, .marketSearchesUnknown, .marketUnknown, .productUnknown,
        .billingCycleUnknown, .soldByReseller, .resellerUnknown, .otherUnknown, .quantity,
        .quantityTiny:
        .empty
      case .product, .market, .billingCycle, .otherLevel:
        message.arguments.contains { Self.isUnknownLevel($0.value) } ? .empty : .neutral
      default: .neutral
      }
  }

  /// A level that says that there is none, as some exports write it.
  private static func isUnknownLevel(_ value: Argument.Value) -> Bool {
    guard case .text(let text) = value else { return false }
    return ["UNKNOWN", "UNSPECIFIED", "NONE", "N/A"].contains(text.uppercased())
  }
}

extension Message {
  /// The longest silence that is told in favour of a subscription.
  private static let recentDays = 7.0

  /// The sentence as one in favour: a short silence is recent usage.
  var inFavour: Message {
    guard key == .silent || key == .silentUsualGap, MessageTone(self) == .worrying,
      case .number(let days)? = arguments.first(where: { $0.name == .days })?.value,
      days <= Self.recentDays
    else { return self }
    return Message(.usedWithin, [.days: days + 1])
  }
}
