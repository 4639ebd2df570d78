/// The transparent score for histories too small to learn from: points from a published table.
///
/// ```
///   no usage for          7–13 days  10 · 14–27 days  20 · 28–55 days  30 · 56 days or more  40,
///                         where that is more than twice its usual gap; at most the days since its
///                         start
///   never used            30 days after the start or later                                   30
///   fading                active days of 28 days at most half of the 28 days before          15
///   auto-renew            off  20 · switched off in the last 91 days, in addition            10
///   trial                 ends within 14 days, not converted                                 15
///   commitment            ends within 30 days with auto-renew off                            15
///   customer              closed another Azure subscription in the last 91 days              10
/// ```
/// The sum, at most 100, is no probability and is never shown as one. 60 and more is high, 35 and
/// more medium.
package enum RuleScore {
  package static let bands = RiskBands(high: 60, medium: 35)
  package static let largest = 100.0

  /// One rule that applies: the feature it looks at, and its points.
  package typealias Point = (feature: String, points: Double)

  /// The features that rules look at for points, in the order of the table.
  package static let features = [
    "daysSinceLastUsage", "neverUsed", "activeDaysTrend28", "autoRenew", "autoRenewSwitchedOff",
    "daysToTrialEnd", "daysToCommitmentEnd", "siblingsLost91",
  ]

  /// The points of each rule that applies, by the feature it looks at.
  ///
  /// Numeric features come by name; NaN is unknown, which never scores. Usage before the start is another's,
  /// or a mistake: a subscription that began three days ago has not been silent for longer.
  ///
  /// - Parameters:
  ///   - value: the features of one row.
  ///   - lagDays: the reporting lag, days in which nobody could have seen it used.
  /// - Returns: in the order of the table.
  package static func points(_ value: ReasonText.Values, lagDays: Int = 0) -> [Point] {
    var points: [Point] = []
    let life = value("tenureDays") - Double(lagDays)
    let silence = life.isNaN ? value("daysSinceLastUsage") : min(value("daysSinceLastUsage"), life)
    // A monthly batch job that was silent for four weeks has not gone silent.
    let isRoutine = silence <= 2 * value("usualGapDays")
    switch isRoutine ? 0 : silence {
    case 56...: points.append(("daysSinceLastUsage", 40))
    case 28...: points.append(("daysSinceLastUsage", 30))
    case 14...: points.append(("daysSinceLastUsage", 20))
    case 7...: points.append(("daysSinceLastUsage", 10))
    default: break
    }
    if value("neverUsed") == 1, value("tenureDays") >= 30 { points.append(("neverUsed", 30)) }
    // The trend is t = ln((d + 1)/(d₋₁ + 1)), so the days before are d₋₁ = (d + 1)/eᵗ − 1.
    let active = value("activeDays28")
    let before = ((active + 1) / exponential(value("activeDaysTrend28")) - 1).rounded()
    if before > 0, 2 * active <= before { points.append(("activeDaysTrend28", 15)) }
    let isOff = value("autoRenew") == 0
    if isOff { points.append(("autoRenew", 20)) }
    // exp(−days/91) ≥ e⁻¹ means at most 91 days.
    if isOff, value("autoRenewSwitchedOff") >= 0.367_879 {
      points.append(("autoRenewSwitchedOff", 10))
    }
    if value("daysToTrialEnd") <= 14 { points.append(("daysToTrialEnd", 15)) }
    if isOff, value("daysToCommitmentEnd") >= 0, value("daysToCommitmentEnd") <= 30 {
      points.append(("daysToCommitmentEnd", 15))
    }
    if value("siblingsLost91") >= 1 { points.append(("siblingsLost91", 10)) }
    return points
  }

  /// The score of the points, 0 … 100.
  package static func score(_ points: [Point]) -> Double {
    min(largest, points.reduce(0) { $0 + $1.points })
  }

  /// Days to the nearest deadline that the rule knows: the end of a running trial, or of a commitment
  /// whose auto-renew is off.
  ///
  /// - Returns: ≥ 0; nil without such a deadline.
  static func deadlineDays(_ value: ReasonText.Values) -> Double? {
    let trial = value("daysToTrialEnd")
    let commitment = value("autoRenew") == 0 ? value("daysToCommitmentEnd") : .nan
    return [trial, commitment].filter { $0 >= 0 }.min()
  }
}
