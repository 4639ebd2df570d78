/// Beta calibration: a logistic regression on ln s and −ln(1 − s), s being the model's probability.
///
///     p = σ(a·ln s − b·ln(1 − s) + c),   a, b ≥ 0
///
/// a = b is Platt scaling on log-odds; a ≠ b bends the two tails differently. The constrained
/// optimum is the best of: both free, a = 0, b = 0, both 0 (the objective is convex, so when the free
/// optimum violates a bound the constrained one lies on a bound). Targets are smoothed as in
/// `PlattScaling`.
///
/// Source: Kull, Silva Filho & Flach 2017, http://proceedings.mlr.press/v54/kull17a.html
package enum BetaCalibration {
  /// The fitted map; identity when only one class is present.
  package static func fit(logOdds: [Double], labels: [Double]) -> CalibrationMap {
    let ones = labels.reduce(0, +)
    let zeros = Double(labels.count) - ones
    guard ones > 0, zeros > 0 else { return .identity }
    let targets = labels.map { $0 == 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2) }
    let logS = logOdds.map { -Logistic.softplus(-$0) }
    let minusLogRest = logOdds.map { Logistic.softplus($0) }
    let constant = [Double](repeating: 1, count: labels.count)
    let offsets = [Double](repeating: 0, count: labels.count)
    let all = [logS, minusLogRest, constant]

    /// The fit with the parameters in `free` and the intercept; others are 0.
    func fit(free: [Int]) -> [Double]? {
      let columns = free.map { all[$0] } + [constant]
      let start = [Double](repeating: 1, count: free.count) + [0]
      guard
        let found = SmallLogisticFit.parameters(
          columns: columns, offsets: offsets, targets: targets, start: start)
      else { return nil }
      var theta = [0.0, 0.0, found[free.count]]
      for (position, index) in free.enumerated() { theta[index] = found[position] }
      return theta[0] >= 0 && theta[1] >= 0 ? theta : nil
    }

    let candidates = [[0, 1], [0], [1], []].compactMap { fit(free: $0) }
    let values = candidates.map { SmallLogisticFit.objective(all, offsets, targets, $0) }
    guard let best = values.indices.min(by: { (values[$0], $0) < (values[$1], $1) }) else {
      return .identity
    }
    return .beta(a: candidates[best][0], b: candidates[best][1], c: candidates[best][2])
  }
}
