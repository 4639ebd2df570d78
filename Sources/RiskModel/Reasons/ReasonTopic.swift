/// What many features tell of one row in other words.
enum ReasonTopic: Hashable {
  /// That it has gone unused: the days since its last usage, empty windows, gaps as long as this one, or that it
  /// never was used.
  case silence
  /// On how many days of a window it was used: one window is enough.
  case activeDays
  /// That auto-renew is off: that it is, since when, and that others renew.
  case autoRenewOff

  /// For each feature the topic that it speaks of on this row.
  ///
  /// - Parameters:
  ///   - names: of the features.
  ///   - values: the row; NaN = unknown.
  /// - Returns: one for each name; nil where it speaks for itself.
  static func topics(of names: [String], _ values: (String) -> Double) -> [ReasonTopic?] {
    // What was never used has been silent all its life.
    let silent = values("neverUsed") == 1 ? Double.infinity : values("daysSinceLastUsage")
    return names.map { name in
      switch name {
      case "autoRenew": values(name) == 0 ? .autoRenewOff : nil
      case "autoRenewSwitchedOff": values(name) > 0 ? .autoRenewOff : nil
      case "daysSinceAutoRenewOff": values(name).isNaN ? nil : .autoRenewOff
      case "autoRenewAgainstPartner": values(name) < 0 ? .autoRenewOff : nil
      case "daysSinceLastUsage", "gapsAsLong", "neverUsed": silent >= 1 ? .silence : nil
      case "gapAgainstUsual": silent >= 1 && values(name) > 0 ? .silence : nil
      default:
        isEmptyWindow(name, values, silent)
          ? .silence : ReasonText.windowed(name)?.0 == "activeDays" ? .activeDays : nil
      }
    }
  }

  /// Whether the feature counts usage in a window that the silence fills.
  private static func isEmptyWindow(
    _ name: String, _ values: (String) -> Double, _ silent: Double
  ) -> Bool {
    guard silent >= 1 else { return false }
    for prefix in ["activeDays", "usageQuantity", "distinctMeters", "regularServices"]
    where name.hasPrefix(prefix) {
      guard let days = Int(name.dropFirst(prefix.count)) else { return false }
      return Double(days) <= silent && values(name) == 0
    }
    return false
  }
}
