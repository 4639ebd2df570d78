internal import Words

/// The words of features that count something in a window of days.
///
/// Trends are log ratios with a constant that keeps empty windows finite. A person gets what lies behind
/// the ratio instead, since the smoothed ratio is none of the numbers:
///
///     activeDaysTrend     t = ln((d + 1)/(d₋₁ + 1))         d₋₁ = (d + 1)/eᵗ − 1
///     usageQuantityTrend  t = ln((u + 0.1)/(u₋₁ + 0.1))     u₋₁ = (u + 0.1)/eᵗ − 0.1, lines per day
struct WindowReasonText {
  let days: Int
  let values: ReasonText.Values

  /// Changes of a smaller share are told as none.
  static let leastChange = 0.03
  /// Less in lines per day is rounding, not usage.
  static let leastLines = 1e-9

  private var window: Double { Double(days) }

  /// - Parameters:
  ///   - prefix: the feature's name without the days.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  func message(_ prefix: String, _ value: Double) -> Message? {
    let isKnown = !value.isNaN
    if let message = silence(prefix, value) { return message }
    let unknown = Message(.windowUnknown, [.windowDays: window])
    let unknownInFull = Message(.windowUnknownInFull, [.windowDays: 2 * window])
    switch prefix {
    case "activeDays":
      return isKnown
        ? Message(.usedDaysOfWindow, [.count: whole(value), .windowDays: window]) : unknown
    case "usageQuantity":
      guard isKnown else { return unknown }
      if value == 0 { return Message(.noUsageInWindow, [.windowDays: window]) }
      return value < 0.05
        ? Message(.quantityTiny, [.windowDays: window])
        : Message(.quantity, [.lines: value, .windowDays: window])
    case "distinctMeters":
      return isKnown ? Message(.metersUsed, [.count: whole(value), .windowDays: window]) : unknown
    case "activeDaysTrend":
      let now = values("activeDays\(days)")
      guard isKnown, !now.isNaN else { return unknownInFull }
      let before = (now + 1) / exponential(value) - 1
      return Message(
        .usedDaysAgainstBefore,
        [.count: whole(now), .countBefore: whole(before), .windowDays: window])
    case "usageQuantityTrend":
      let now = values("usageQuantity\(days)")
      guard isKnown, !now.isNaN else { return unknownInFull }
      return quantityTrend(from: max(0, (now + 0.1) / exponential(value) - 0.1), to: now)
    case "siblingsLost":
      guard isKnown else { return Message(.siblingsClosedUnknown) }
      return value == 0
        ? Message(.noSiblingClosedInWindow, [.windowDays: window])
        : Message(.siblingsClosedInWindow, [.count: whole(value), .windowDays: window])
    case "costTrend":
      return isKnown
        ? Message(.costTrend, [.share: exponential(min(value, 20)), .windowDays: window])
        : Message(.costsUnknown, [.windowDays: 2 * window])
    default: return CohortReasonText(days: days).message(prefix, value)
    }
  }

  /// An empty window is told by how long nothing was used, where that is known.
  private func silence(_ prefix: String, _ value: Double) -> Message? {
    guard prefix == "activeDays" || prefix == "usageQuantity", value == 0,
      values("daysSinceLastUsage") >= window || values("neverUsed") == 1
    else { return nil }
    return ReasonText.message("daysSinceLastUsage", values: values)
  }

  /// Lines a day are no unit that anybody knows; their ratio is.
  private func quantityTrend(from before: Double, to now: Double) -> Message {
    let isIdle = (before: before < Self.leastLines, now: now < Self.leastLines)
    if isIdle.before && isIdle.now { return Message(.noUsageInWindow, [.windowDays: 2 * window]) }
    if isIdle.before { return Message(.usageBegan, [.windowDays: window]) }
    if isIdle.now { return Message(.usageStopped, [.windowDays: window]) }
    let ratio = now / before
    if abs(ratio - 1) < Self.leastChange { return Message(.usageSteady, [.windowDays: window]) }
    if ratio >= 2 { return Message(.usageMultiplied, [.times: ratio, .windowDays: window]) }
    return Message(
      ratio < 1 ? .usageFell : .usageRose, [.share: abs(ratio - 1), .windowDays: window])
  }
}
