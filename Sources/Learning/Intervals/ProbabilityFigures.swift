internal import Glibc

/// How right probabilities were, with intervals that know that rows of one group repeat each other.
///
/// All four figures solve a sum of row scores = 0, so their cluster-robust variance is exact to first
/// order and needs no resampling (Liang & Zeger 1986, https://doi.org/10.1093/biomet/73.1.13):
///
/// ```
///   log-loss        mean of lᵢ                 row score  lᵢ − l̄
///   observed:expected  R = Σy/Σp               row score  yᵢ − R·pᵢ       on the scale of ln R
///   slope b         logit P = a + b·logit p    row score  (yᵢ − π̂ᵢ)·(1, logit pᵢ)
///   intercept a     logit P = a + logit p      row score  (yᵢ − π̂ᵢ)
///
///   V = H⁻¹·(G/(G − 1)·Σ_g u_g u_gᵀ)·H⁻¹,   u_g the sum of the group's row scores, H the information
/// ```
package struct ProbabilityFigures: Sendable, Hashable {
  package var logLoss: Estimate
  package var calibrationSlope: Estimate
  package var calibrationIntercept: Estimate
  package var observedExpectedRatio: Estimate

  /// Judges probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: in [0, 1], one per row; at least one row.
  ///   - labels: 0 or 1, one per row.
  ///   - groups: one per row; rows of a group are not independent.
  package init(probabilities: [Double], labels: [Double], groups: [Int32]) {
    precondition(
      !labels.isEmpty && probabilities.count == labels.count && groups.count == labels.count,
      "Learning: \(probabilities.count) probabilities, \(groups.count) groups, \(labels.count) labels"
    )
    let rows = GroupSums(groups)
    let losses = zip(probabilities, labels).map { Logistic.loss(probability: $0, label: $1) }
    let mean = relaxedSum(losses) / Double(losses.count)
    logLoss = Estimate(mean, standardError: rows.standardError(ofMeanOf: losses.map { $0 - mean }))
    observedExpectedRatio = Self.ratio(probabilities, labels, rows)
    let logOdds = probabilities.map { Logistic.logOdds(probability: $0) }
    calibrationSlope = Self.slope(probabilities, logOdds, labels, rows)
    calibrationIntercept = Self.intercept(probabilities, logOdds, labels, rows)
  }

  private static func ratio(
    _ probabilities: [Double], _ labels: [Double], _ rows: GroupSums
  ) -> Estimate {
    let expected = relaxedSum(probabilities)
    guard expected > 0 else { return Estimate(nil) }
    let ratio = relaxedSum(labels) / expected
    let squares = rows.sums(of: zip(probabilities, labels).map { $1 - ratio * $0 })
      .reduce(0) { $0 + $1 * $1 }
    // The ratio is skewed and never negative; its logarithm is neither.
    guard ratio > 0, rows.count > 1 else { return Estimate(ratio) }
    let error = (rows.correction * squares).squareRoot() / expected / ratio
    let factor = exp(Estimate.normalQuantile * error)
    return Estimate(ratio, low: ratio / factor, high: ratio * factor)
  }

  private static func intercept(
    _ probabilities: [Double], _ logOdds: [Double], _ labels: [Double], _ rows: GroupSums
  ) -> Estimate {
    guard
      let shift = Metric.calibrationIntercept.evaluate(
        probabilities: probabilities, labels: labels)
    else { return Estimate(nil) }
    let fitted = logOdds.map { Logistic.probability(logOdds: $0 + shift) }
    let information = fitted.reduce(0) { $0 + $1 * (1 - $1) }
    let squares = rows.sums(of: zip(labels, fitted).map { $0 - $1 }).reduce(0) { $0 + $1 * $1 }
    guard rows.count > 1, information > 0 else { return Estimate(shift) }
    return Estimate(shift, standardError: (rows.correction * squares).squareRoot() / information)
  }

  private static func slope(
    _ probabilities: [Double], _ logOdds: [Double], _ labels: [Double], _ rows: GroupSums
  ) -> Estimate {
    guard
      let slope = Metric.calibrationSlope.evaluate(probabilities: probabilities, labels: labels),
      let base = SmallLogisticFit.parameters(
        columns: [[Double](repeating: 1, count: labels.count)],
        offsets: logOdds.map { slope * $0 }, targets: labels, start: [0])?[0]
    else { return Estimate(nil) }
    let fitted = logOdds.map { Logistic.probability(logOdds: base + slope * $0) }
    // The information matrix of (slope, base): [[h₁₁, h₁₂], [h₁₂, h₂₂]].
    var (h11, h12, h22) = (0.0, 0.0, 0.0)
    for (p, z) in zip(fitted, logOdds) {
      let weight = p * (1 - p)
      h11 += weight * z * z
      h12 += weight * z
      h22 += weight
    }
    let determinant = h11 * h22 - h12 * h12
    guard rows.count > 1, determinant > 1e-12 * h11 * h22 else { return Estimate(slope) }
    let residuals = zip(labels, fitted).map { $0 - $1 }
    let onSlope = rows.sums(of: zip(residuals, logOdds).map { $0 * $1 })
    let onBase = rows.sums(of: residuals)
    // The first element of H⁻¹u is (h₂₂·u₁ − h₁₂·u₂)/det; the variance is the sum of their squares.
    let squares = zip(onSlope, onBase).reduce(0) { sum, u in
      let part = (h22 * u.0 - h12 * u.1) / determinant
      return sum + part * part
    }
    return Estimate(slope, standardError: (rows.correction * squares).squareRoot())
  }
}
