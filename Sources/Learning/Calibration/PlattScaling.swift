/// Platt scaling: a logistic regression of the outcome on the log-odds.
///
///     p = σ(a·z + b),  fitted to targets (n₁ + 1)/(n₁ + 2) and 1/(n₀ + 2) instead of 1 and 0,
///     which keeps the fit finite when the classes are separated; a < 0 becomes a = 0.
///
/// Source: Platt 1999, "Probabilistic Outputs for Support Vector Machines"; Lin, Lin & Weng 2007,
/// https://doi.org/10.1007/s10994-007-5018-6
package enum PlattScaling {
  /// The fitted map; identity when only one class is present.
  package static func fit(logOdds: [Double], labels: [Double]) -> CalibrationMap {
    let ones = labels.reduce(0, +)
    let zeros = Double(labels.count) - ones
    guard ones > 0, zeros > 0 else { return .identity }
    let targets = labels.map { $0 == 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2) }
    let constant = [Double](repeating: 1, count: labels.count)
    let offsets = [Double](repeating: 0, count: labels.count)
    let fit = SmallLogisticFit.parameters(
      columns: [logOdds, constant], offsets: offsets, targets: targets, start: [1, 0])
    if let fit, fit[0] >= 0 { return .platt(a: fit[0], b: fit[1]) }
    // Constant log-odds, or a falling relation: the best non-decreasing map is the base rate.
    let rate = targets.reduce(0, +) / Double(targets.count)
    return .platt(a: 0, b: Logistic.logOdds(probability: rate))
  }
}
