/// Moves all log-odds by one constant so that predicted and observed totals agree.
///
///     b̂ solves Σ σ(zᵢ + b̂) = Σ yᵢ         b = b̂ · n/(n + 50),   n = different groups of label 1
///
/// Shrunk, because with a hundred churners the total itself is uncertain by a tenth.
package enum InterceptShift {
  /// The map with the shrunk shift.
  ///
  /// - Parameters:
  ///   - logOdds: One per row.
  ///   - labels: 0 or 1 per row.
  ///   - positiveGroups: n above.
  /// - Returns: A shift; 0 when only one class is present.
  package static func fit(logOdds: [Double], labels: [Double], positiveGroups: Int)
    -> CalibrationMap
  {
    let n = Double(positiveGroups)
    return .interceptShift(b: unshrunk(logOdds: logOdds, labels: labels) * n / (n + 50))
  }

  /// b̂; 0 when only one class is present.
  static func unshrunk(logOdds: [Double], labels: [Double]) -> Double {
    let positives = labels.reduce(0, +)
    guard positives > 0, positives < Double(labels.count) else { return 0 }
    let ones = [Double](repeating: 1, count: labels.count)
    let fit = SmallLogisticFit.parameters(
      columns: [ones], offsets: logOdds, targets: labels, start: [0])
    return fit?[0] ?? 0
  }
}
