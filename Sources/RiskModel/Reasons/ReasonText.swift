internal import Features
package import Words

/// A feature's value in words: facts with numbers and the subscription's own history, no judgement
/// and no cause.
///
/// Every feature of the catalog has a message for a known and for an unknown value; a test compares
/// this file with the catalog.
package enum ReasonText {
  /// The numeric features of one row by name; NaN = unknown.
  package typealias Values = (_ feature: String) -> Double

  /// A numeric feature in words.
  ///
  /// - Parameters:
  ///   - feature: its name in the catalog.
  ///   - values: the row; some texts use the features beside the one they are about.
  /// - Returns: what to say, in any language.
  package static func message(_ feature: String, values: @escaping Values) -> Message {
    let value = values(feature)
    if let message = silence(feature, value, values)
      ?? AutoRenewReasonText.message(feature, value, values)
      ?? RhythmReasonText.message(feature, value)
      ?? ContractReasonText.message(feature, value, values)
    {
      return message
    }
    if let (prefix, days) = windowed(feature) {
      return WindowReasonText(days: days, values: values).message(prefix, value)
        ?? other(feature, value)
    }
    guard !value.isNaN else { return unknown(feature, values) }
    let count = whole(value)
    switch feature {
    case "daysSinceLastUsage": return silent(value, values)
    case "neverUsed": return value == 1 ? neverUsed(values) : Message(.hasBeenUsed)
    case "usualGapDays":
      return value <= 1 ? Message(.usuallyDaily) : Message(.usuallyEvery, [.days: value])
    case "longestGapDays":
      return count <= 1 ? Message(.neverPaused) : Message(.longestGap, [.days: value])
    case "tenureDays":
      return value < 0 ? Message(.startsIn, [.days: -value]) : Message(.started, [.days: value])
    case "daysToCommitmentEnd":
      if value < 0 { return Message(.commitmentEnded, [.days: -value]) }
      return count == 0
        ? Message(.commitmentEndsToday) : Message(.commitmentEndsIn, [.days: value])
    case "daysSinceRenewal": return Message(.lastRenewed, [.days: value])
    case "pastSuspensions":
      return count == 0 ? Message(.neverSuspended) : Message(.suspendedBefore, [.count: count])
    case "inTrial": return Message(value == 1 ? .trialRunning : .noTrial)
    case "daysToTrialEnd":
      return count == 0 ? Message(.trialEndsToday) : Message(.trialEndsIn, [.days: value])
    case "trialConverted": return Message(value == 1 ? .trialBecamePaid : .notFromTrial)
    case "daysFromTrialToPaid":
      return value < 0
        ? Message(.paidBeforeTrial) : Message(.paidAfterTrialStart, [.days: value])
    case "licenseCount":
      return count == 0 ? Message(.noLicences) : Message(.licences, [.count: count])
    case "siblingCount":
      return count == 0
        ? Message(.onlyAzureSubscription) : Message(.otherAzureSubscriptions, [.count: count])
    case "otherProductCount":
      return count == 0 ? Message(.noOtherProducts) : Message(.otherProducts, [.count: count])
    case "daysSinceSiblingLoss": return Message(.siblingClosed, [.days: value])
    default: return other(feature, value)
    }
  }

  /// A level in words.
  package static func message(_ feature: String, level: String?) -> Message {
    let shown = OutsideText.shown(level ?? "")
    func named(_ known: MessageKey, _ unknown: MessageKey) -> Message {
      shown.isEmpty ? Message(unknown) : Message(known, texts: [.level: shown])
    }
    switch feature {
    case "customerMarket": return named(.market, .marketUnknown)
    case "productName": return named(.product, .productUnknown)
    case "partnerId", "partnerName":
      return Message(level == nil ? .resellerUnknown : .soldByReseller)
    case "billingCycle": return named(.billingCycle, .billingCycleUnknown)
    default: return Message(.otherLevel, texts: [.feature: feature, .level: shown])
    }
  }

  /// `activeDays28` → ("activeDays", 28).
  static func windowed(_ feature: String) -> (String, Int)? {
    let digits = feature.reversed().prefix { $0.isNumber }
    guard !digits.isEmpty, let days = Int(String(digits.reversed())) else { return nil }
    return (String(feature.dropLast(digits.count)), days)
  }

  /// How unusual a silence is, told with its length.
  private static func silence(_ feature: String, _ value: Double, _ values: Values) -> Message? {
    let silent = values("daysSinceLastUsage")
    // The share is smoothed, so it is told in words.
    guard feature == "gapsAsLong", value < 0.25, silent >= 1, !(silent > values("tenureDays"))
    else { return nil }
    return Message(
      value < 0.05 ? .silentLongerThanNearlyAll : .silentLongerThanMost, [.days: silent])
  }

  private static func silent(_ days: Double, _ values: Values) -> Message {
    let usual = values("usualGapDays")
    // Usage before the start is another's, or a mistake: the silence begins with the start.
    if days > values("tenureDays") { return neverUsed(values) }
    guard wholeNumber(days) > 0 else {
      return usual.isNaN
        ? Message(.usedLastDay) : Message(.usedLastDayUsualGap, [.usualGapDays: usual])
    }
    return usual.isNaN
      ? Message(.silent, [.days: days])
      : Message(.silentUsualGap, [.days: days, .usualGapDays: usual])
  }

  private static func unknown(_ feature: String, _ values: Values) -> Message {
    switch feature {
    case "daysSinceLastUsage":
      values("neverUsed") == 1 ? neverUsed(values) : Message(.noUsageKnown)
    case "neverUsed": Message(.noUsageImported)
    case "usualGapDays", "longestGapDays": Message(.rhythmUnknown)
    case "tenureDays": Message(.startUnknown)
    case "daysToCommitmentEnd": Message(.noCommitment)
    case "daysSinceRenewal": Message(.notRenewed)
    case "pastSuspensions": Message(.suspensionsUnknown)
    case "inTrial", "daysToTrialEnd": Message(.noTrial)
    case "trialConverted", "daysFromTrialToPaid": Message(.notPaidAfterTrial)
    case "licenseCount": Message(.licencesUnknown)
    case "siblingCount": Message(.otherAzureUnknown)
    case "otherProductCount": Message(.otherProductsUnknown)
    case "daysSinceSiblingLoss": Message(.noSiblingClosed)
    default: other(feature, .nan)
    }
  }

  /// A feature that has no words of its own.
  private static func other(_ feature: String, _ value: Double) -> Message {
    value.isNaN
      ? Message(.otherUnknown, texts: [.feature: feature])
      : Message(.otherValue, [.value: value], texts: [.feature: feature])
  }

  private static func neverUsed(_ values: Values) -> Message {
    let tenure = values("tenureDays")
    return tenure >= 0 ? Message(.neverUsedSinceStart, [.days: tenure]) : Message(.neverUsed)
  }
}
