/// The words of features that count something in a window of days.
///
/// Trends are log ratios with a constant that keeps empty windows finite. A person gets the two
/// numbers behind the ratio instead, since the smoothed ratio is neither of them:
///
///     activeDaysTrend     t = ln((d + 1)/(d₋₁ + 1))         d₋₁ = (d + 1)/eᵗ − 1
///     usageQuantityTrend  t = ln((u + 0.1)/(u₋₁ + 0.1))     u₋₁ = (u + 0.1)/eᵗ − 0.1, lines per day
struct WindowReasonText {
  let days: Int
  let values: ReasonText.Values

  /// - Parameters:
  ///   - prefix: the feature's name without the days.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  func text(_ prefix: String, _ value: Double) -> String? {
    let isKnown = !value.isNaN
    if let text = silence(prefix, value) { return text }
    switch prefix {
    case "activeDays":
      return isKnown ? "Used on \(wholeNumber(value)) of the last \(days) days" : unknown
    case "usageQuantity":
      guard isKnown else { return unknown }
      return value == 0
        ? "No usage in the last \(days) days"
        : "\(value < 0.05 ? "Less than 0.1 typical lines" : lines(value)) of usage a day "
          + "over the last \(days) days"
    case "distinctMeters":
      return isKnown
        ? "\(plural(wholeNumber(value), "meter")) used in the last \(days) days" : unknown
    case "activeDaysTrend":
      let now = values("activeDays\(days)")
      guard isKnown, !now.isNaN else { return unknownTrend }
      let before = (now + 1) / exponential(value) - 1
      return "Used on \(wholeNumber(now)) of the last \(days) days and on "
        + "\(wholeNumber(before)) of the \(days) before"
    case "usageQuantityTrend":
      let now = values("usageQuantity\(days)")
      guard isKnown, !now.isNaN else { return unknownTrend }
      return quantityTrend(from: max(0, (now + 0.1) / exponential(value) - 0.1), to: now)
    case "siblingsLost":
      guard isKnown else { return "What the customer closed before is not known" }
      return value == 0
        ? "The customer closed no other Azure subscription in the last \(days) days"
        : "The customer closed \(plural(wholeNumber(value), "other Azure subscription")) "
          + "in the last \(days) days"
    default: return CohortReasonText(days: days).text(prefix, value)
    }
  }

  /// An empty window is told by how long nothing was used, where that is known.
  private func silence(_ prefix: String, _ value: Double) -> String? {
    guard prefix == "activeDays" || prefix == "usageQuantity", value == 0,
      values("daysSinceLastUsage") >= Double(days)
    else { return nil }
    return ReasonText.text("daysSinceLastUsage", values: values)
  }

  private var unknown: String { "Usage of the last \(days) days is not known" }
  private var unknownTrend: String { "Usage of the last \(2 * days) days is not known in full" }

  private func quantityTrend(from before: Double, to now: Double) -> String {
    let period = "over the last \(days) days, against the \(days) before"
    guard short(before) != short(now) else {
      return now == 0 && before == 0
        ? "No usage in the last \(2 * days) days"
        : "Usage stayed at \(lines(now)) a day \(period)"
    }
    return "Usage \(now < before ? "fell" : "rose") from \(short(before)) to \(lines(now)) a day "
      + period
  }

  private func lines(_ perDay: Double) -> String {
    let text = short(perDay)
    return "\(text) typical line\(text == "1" ? "" : "s")"
  }

  private func short(_ perDay: Double) -> String {
    perDay > 0 && perDay < 0.05 ? "less than 0.1" : number(perDay)
  }
}
