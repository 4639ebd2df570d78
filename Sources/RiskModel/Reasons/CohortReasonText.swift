/// The words of features that compare a subscription with others of its product and commitment end.
struct CohortReasonText {
  let days: Int

  /// - Parameters:
  ///   - prefix: the feature's name without the days.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  func text(_ prefix: String, _ value: Double) -> String? {
    let isKnown = !value.isNaN
    let count = isKnown ? wholeNumber(value) : 0
    switch prefix {
    case "cohortLost":
      return isKnown
        ? "\(percent(value)) of comparable subscriptions were lost in the last \(days) days"
        : "Too few comparable subscriptions to tell how many were lost"
    case "cohortServicesMissed":
      guard isKnown else { return unknown }
      return count <= 0
        ? "Uses every service that is common among comparable subscriptions"
        : "In \(days) days did not use \(plural(count, "service")) "
          + "common among comparable subscriptions"
    case "cohortActiveDays":
      guard isKnown else { return unknown }
      let distance = number(abs(value))
      guard distance != "0" else {
        return "Used as often as comparable subscriptions in the last \(days) days"
      }
      return "In the last \(days) days used on \(distance) \(distance == "1" ? "day" : "days") "
        + "\(value < 0 ? "fewer" : "more") than comparable subscriptions"
    case "cohortLevel":
      return isKnown
        ? "Uses \(percent(exponential(min(value, 20)))) of what comparable subscriptions use"
        : "Used nothing in \(days) days that can be compared with other subscriptions"
    default: return nil
    }
  }

  private var unknown: String { "Too few comparable subscriptions to compare the usage with" }
}
