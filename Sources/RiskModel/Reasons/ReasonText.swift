internal import Features

/// A feature's value in words: facts with numbers and the subscription's own history, no judgement
/// and no cause.
///
/// Every feature of the catalog has a text for a known and for an unknown value; a test compares
/// this file with the catalog.
package enum ReasonText {
  /// The numeric features of one row by name; NaN = unknown.
  package typealias Values = (_ feature: String) -> Double

  /// A numeric feature in words.
  ///
  /// - Parameters:
  ///   - feature: its name in the catalog.
  ///   - values: the row; some texts use the features beside the one they are about.
  /// - Returns: a sentence without a full stop.
  package static func text(_ feature: String, values: @escaping Values) -> String {
    let value = values(feature)
    if let text = silenceText(feature, value, values) ?? RhythmReasonText.text(feature, value)
      ?? ContractReasonText.text(feature, value)
    {
      return text
    }
    if let (prefix, days) = windowed(feature) {
      return WindowReasonText(days: days, values: values).text(prefix, value)
        ?? otherText(feature, value)
    }
    guard !value.isNaN else { return unknownText(feature, values) }
    let count = wholeNumber(value)
    switch feature {
    case "daysSinceLastUsage":
      let usual = values("usualGapDays")
      let gap = count == 0 ? "Used on the last day known" : "No usage for \(days(value))"
      return usual.isNaN ? gap : "\(gap); its usual gap is \(days(usual))"
    case "neverUsed": return value == 1 ? neverUsedText(values) : "Has been used"
    case "usualGapDays": return "Usually used every \(value <= 1 ? "day" : days(value))"
    case "longestGapDays":
      return count <= 1 ? "Has never paused" : "Its longest gap so far was \(days(value))"
    case "tenureDays": return value < 0 ? "Starts in \(days(-value))" : "Started \(ago(value))"
    case "autoRenew": return value == 1 ? "Renews automatically" : "Auto-renew is off"
    case "autoRenewSwitchedOff":
      return value > 0 ? switchedOffText(value) : "Auto-renew has not been switched off"
    case "daysToCommitmentEnd":
      if value < 0 { return "The commitment ended \(ago(-value))" }
      return count == 0 ? "The commitment ends today" : "The commitment ends in \(days(value))"
    case "daysSinceRenewal": return "Last renewed \(ago(value))"
    case "pastSuspensions":
      return count == 0 ? "Never suspended" : "Suspended \(times(count)) before"
    case "inTrial": return value == 1 ? "A trial is running" : "No trial is running"
    case "daysToTrialEnd":
      return count == 0 ? "The trial ends today" : "The trial ends in \(days(value))"
    case "trialConverted": return value == 1 ? "Its trial became paid" : "Did not come from a trial"
    case "daysFromTrialToPaid":
      return value < 0
        ? "Became paid before its trial began" : "Became paid \(days(value)) after its trial began"
    case "licenseCount": return count == 0 ? "No licences" : plural(count, "licence")
    case "siblingCount":
      return count == 0
        ? "The customer's only active Azure subscription"
        : "The customer has \(plural(count, "other active Azure subscription"))"
    case "otherProductCount":
      return count == 0
        ? "The customer has no active subscription to other products"
        : "The customer has \(plural(count, "active subscription")) to other products"
    case "daysSinceSiblingLoss":
      return "The customer last closed another Azure subscription \(ago(value))"
    default: return otherText(feature, value)
    }
  }

  /// A level in words.
  package static func text(_ feature: String, level: String?) -> String {
    let shown = level.map(OutsideText.shown) ?? "unknown"
    switch feature {
    case "customerMarket": return "Market: \(shown)"
    case "productName": return "Product: \(shown)"
    case "partnerId", "partnerName":
      return level == nil ? "Its reseller is unknown" : "Sold by this reseller"
    case "billingCycle": return "Billing cycle: \(shown)"
    default: return "\(feature): \(shown)"
    }
  }

  /// `activeDays28` → ("activeDays", 28).
  private static func windowed(_ feature: String) -> (String, Int)? {
    let digits = feature.reversed().prefix { $0.isNumber }
    guard !digits.isEmpty, let days = Int(String(digits.reversed())) else { return nil }
    return (String(feature.dropLast(digits.count)), days)
  }

  /// How unusual a silence is, told with its length.
  private static func silenceText(
    _ feature: String, _ value: Double, _ values: Values
  ) -> String? {
    let silent = values("daysSinceLastUsage")
    // The share is smoothed, so it is told in words.
    guard feature == "gapsAsLong", value < 0.25, silent >= 1 else { return nil }
    let most = value < 0.05 ? "nearly all" : "most"
    return "No usage for \(days(silent)), longer than \(most) of its gaps before"
  }

  private static func unknownText(_ feature: String, _ values: Values) -> String {
    switch feature {
    case "daysSinceLastUsage": values("neverUsed") == 1 ? neverUsedText(values) : "No usage known"
    case "neverUsed": "The history holds no usage"
    case "usualGapDays", "longestGapDays": "Too little usage to know its rhythm"
    case "tenureDays": "Its start is not known"
    case "autoRenew", "autoRenewSwitchedOff": "Auto-renew is not known"
    case "daysToCommitmentEnd": "No commitment with an end"
    case "daysSinceRenewal": "Not renewed so far"
    case "pastSuspensions": "Past suspensions are not known"
    case "inTrial", "daysToTrialEnd": "No trial is running"
    case "trialConverted", "daysFromTrialToPaid": "Did not become paid after a trial"
    case "licenseCount": "Its licences are not known"
    case "siblingCount": "The customer's other Azure subscriptions are not known"
    case "otherProductCount": "The customer's other products are not known"
    case "daysSinceSiblingLoss": "The customer has closed no other Azure subscription"
    default: otherText(feature, .nan)
    }
  }

  /// A feature that has no words of its own.
  private static func otherText(_ feature: String, _ value: Double) -> String {
    value.isNaN ? "\(feature) is not known" : "\(feature) is \(number(value))"
  }

  private static func neverUsedText(_ values: Values) -> String {
    let tenure = values("tenureDays")
    return tenure >= 0 ? "Never used since its start \(ago(tenure))" : "Never used"
  }

  /// `value` is exp(−days/91).
  private static func switchedOffText(_ value: Double) -> String {
    "Auto-renew was switched off \(ago((-91 * naturalLogarithm(value)).rounded()))"
  }
}
