/// That a subscription has gone unused, which many features tell of one row: the days since its last usage,
/// empty windows, gaps as long as this one.
enum Silence {
  /// For each feature, whether on this row it says that the subscription is silent.
  ///
  /// - Parameters:
  ///   - names: of the features.
  ///   - values: the row; NaN = unknown.
  /// - Returns: one for each name.
  static func isTold(by names: [String], _ values: (String) -> Double) -> [Bool] {
    let silent = values("daysSinceLastUsage")
    guard silent >= 1 else { return names.map { _ in false } }
    return names.map { name in
      if name == "daysSinceLastUsage" || name == "gapsAsLong" { return true }
      guard let days = window(of: name) else { return false }
      return Double(days) <= silent && values(name) == 0
    }
  }

  /// The days of a window that counts usage; nil for other features.
  private static func window(of name: String) -> Int? {
    for prefix in ["activeDays", "usageQuantity"] where name.hasPrefix(prefix) {
      return Int(name.dropFirst(prefix.count))
    }
    return nil
  }
}
