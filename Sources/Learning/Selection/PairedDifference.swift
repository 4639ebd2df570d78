/// The mean difference of two per-row losses and its standard error, clustered by group.
///
///     dᵢ = lossᵢ(A) − lossᵢ(B)        d̄ = Σ dᵢ / n        u_g = Σ_{i in g} (dᵢ − d̄)
///     SE² = G/(G − 1) · Σ_g u_g² / n²                      over G groups
///
/// Paired, because both are judged on the same rows and most of the noise is common to them; by
/// group, because weekly rows of one customer repeat each other. A group that appears in several
/// splits is one group.
///
/// Source: Liang & Zeger 1986, https://doi.org/10.1093/biomet/73.1.13
package struct PairedDifference: Sendable, Equatable {
  /// Mean of A − B; negative when A has the smaller loss.
  package let mean: Double

  /// Standard error of the mean; ∞ with fewer than two groups, since nothing can be told.
  package let standardError: Double

  /// Compares two losses of the same rows.
  ///
  /// - Parameters:
  ///   - lossesA: One per row.
  ///   - lossesB: One per row.
  ///   - groups: One per row; equal numbers belong together.
  package init(_ lossesA: [Double], _ lossesB: [Double], groups: [Int32]) {
    precondition(
      lossesA.count == lossesB.count && lossesA.count == groups.count && !groups.isEmpty,
      "Learning: \(lossesA.count), \(lossesB.count) losses for \(groups.count) groups")
    let differences = zip(lossesA, lossesB).map { $0 - $1 }
    let n = Double(differences.count)
    let mean = relaxedSum(differences) / n
    var slot: [Int32: Int] = [:]
    var sums: [Double] = []
    for (group, difference) in zip(groups, differences) {
      if let index = slot[group] {
        sums[index] += difference - mean
      } else {
        slot[group] = sums.count
        sums.append(difference - mean)
      }
    }
    self.mean = mean
    let clusters = Double(sums.count)
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    standardError =
      clusters > 1 ? (clusters / (clusters - 1) * squares).squareRoot() / n : .infinity
  }

  /// Whether A is no worse than B, or worse by at most one standard error.
  package var isWithinOneError: Bool { mean <= standardError }

  /// Whether A is better by more than one standard error.
  package var favorsFirst: Bool { mean < -standardError }
}
