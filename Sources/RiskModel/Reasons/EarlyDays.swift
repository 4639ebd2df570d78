internal import Features

/// What must not be held against a subscription that is too young for it.
///
///     start          L − lag      L
///     ├──── life ───────┤── lag ──┤       days of its life whose usage can be known
///
/// Bought three days ago with a reporting lag of two, it has had one day on which usage could be seen:
/// "Never used" or "Used on 0 of the last 28 days" would be true and say nothing. So what speaks of missing
/// usage is no reason before a week of life, and what counts a window of days is none before the window
/// has passed. The probability is not touched: the model knows the age.
enum EarlyDays {
  /// In the rule score, too, silence counts from a week on.
  static let fewestDays = 7.0

  private static let speaksOfSilence: Set<String> = [
    "neverUsed", "daysSinceLastUsage", "gapsAsLong", "gapAgainstUsual", "activeDaysKnown",
    "activeWeeksKnown", "expectedSilence28", "cohortServicesMissedKnown",
    "cohortLevelKnown",
  ]
  private static let countsWindow: Set<String> = [
    "activeDays", "usageQuantity", "distinctMeters", "regularServices", "cohortActiveDays",
    "cohortServicesMissed", "cohortSilence",
  ]
  /// They set a window beside the one before it.
  private static let countsTwoWindows: Set<String> = [
    "activeDaysTrend", "usageQuantityTrend", "lostCategories", "costTrend",
  ]

  /// Judges whether a feature would blame a subscription for usage that could not be seen yet.
  ///
  /// - Parameters:
  ///   - feature: its name.
  ///   - life: days from the start to L − lag; NaN = the start is unknown, and nothing is too early.
  /// - Returns: true when it must not be given as a reason of risk.
  static func speaksTooEarly(_ feature: String, life: Double) -> Bool {
    if speaksOfSilence.contains(feature) { return life < fewestDays }
    guard let (prefix, days) = ReasonText.windowed(feature) else { return false }
    if countsWindow.contains(prefix) { return life < Double(days) }
    return countsTwoWindows.contains(prefix) && life < 2 * Double(days)
  }
}
