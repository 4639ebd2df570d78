internal import Words

/// The words of features about terms, licences, the customer and the reseller.
enum ContractReasonText {
  /// - Parameters:
  ///   - feature: its name.
  ///   - value: its value, NaN = unknown.
  ///   - values: the row.
  /// - Returns: nil when the feature is none of these.
  static func message(
    _ feature: String, _ value: Double, _ values: ReasonText.Values
  ) -> Message? {
    let isKnown = !value.isNaN
    /// A feature that counts days since something, which is unknown where it never happened.
    func since(_ happened: MessageKey, _ never: MessageKey) -> Message {
      isKnown ? Message(happened, [.days: value]) : Message(never)
    }
    func counted(_ known: MessageKey, _ unknown: MessageKey) -> Message {
      isKnown ? Message(known, [.count: whole(value)]) : Message(unknown)
    }
    switch feature {
    case "seatTrend": return seats(value, values)
    case "daysSincePlanChange": return since(.planChanged, .planUnchanged)
    case "daysSinceSeatChange": return since(.seatsChanged, .seatsUnchanged)
    case "reservedShare91":
      guard isKnown else { return Message(.noUsageInWindow, [.windowDays: 91]) }
      return value <= 0 ? Message(.noReservation) : Message(.reservedShare, [.share: value])
    case "daysToReservationEnd":
      guard isKnown else { return Message(.noReservationEnd) }
      return wholeNumber(value) <= 0
        ? Message(.reservationEndsToday) : Message(.reservationEndsIn, [.days: value])
    case "siblingsLostShare91":
      return isKnown
        ? Message(.siblingsClosedShare, [.share: value]) : Message(.noOtherAzure)
    case "daysSinceSiblingUsage":
      guard isKnown else { return Message(.usesNoOther) }
      return wholeNumber(value) <= 0
        ? Message(.otherUsedLastDay) : Message(.othersSilent, [.days: value])
    case "resellerLost91":
      return isKnown
        ? Message(.resellerLost, [.share: value]) : Message(.resellerLostUnknown)
    case "marketLost91":
      return isKnown
        ? Message(.marketLost, [.share: value]) : Message(.marketLostUnknown)
    case "daysSinceTransfer": return since(.transferred, .noTransfer)
    case "daysSinceResellerSuspension": return since(.resellerSuspended, .noResellerSuspended)
    case "daysSinceResellerDeprovisioning":
      return since(.resellerDeprovisioned, .noResellerDeprovisioned)
    case "daysSinceFirstResellerLoss": return since(.resellerFirstLoss, .noResellerLoss)
    case "customerReferrals365": return counted(.customerReferrals, .customerReferralsUnknown)
    case "marketReferrals91": return counted(.marketReferrals, .marketReferralsUnknown)
    case "marketSearches91": return counted(.marketSearches, .marketSearchesUnknown)
    default: return nil
    }
  }

  /// The trend is ln((n + 1)/(n₋₁ + 1)), so there were n₋₁ = (n + 1)/eᵗ − 1 licences before.
  private static func seats(_ trend: Double, _ values: ReasonText.Values) -> Message {
    guard !trend.isNaN else { return Message(.licencesUnknown) }
    guard trend != 0 else { return Message(.seatsUnchanged) }
    let now = values("licenseCount")
    let before = (now + 1) / exponential(trend) - 1
    guard !now.isNaN, before.isFinite, before > -0.5 else {
      return Message(trend < 0 ? .seatsReduced : .seatsIncreased)
    }
    return Message(
      trend < 0 ? .seatsReducedFrom : .seatsIncreasedFrom,
      [.count: whole(now), .countBefore: whole(before)])
  }
}
