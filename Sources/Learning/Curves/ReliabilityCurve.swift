internal import Glibc

/// Predicted and observed rates in bins of equal numbers of rows: the points of a reliability diagram.
///
/// The bins are those of `Metric.expectedCalibrationError`: rows ranked by probability, bin ⌊k·rank/n⌋, rows of
/// equal probability together, so that the order of rows does not matter and some bins can be empty. Those are
/// left out.
package struct ReliabilityCurve: Sendable, Hashable {
  /// One bin that holds rows.
  package struct Point: Sendable, Hashable {
    /// At least 1.
    package let rows: Int
    /// Rows of label 1.
    package let positives: Int
    /// 0 … 1.
    package let meanProbability: Double
    /// A 95 % interval of the observed rate by Wilson's score (1927), as if rows were independent.
    package let low, high: Double

    /// positives / rows.
    package var observed: Double { Double(positives) / Double(rows) }
  }

  /// By probability, ascending.
  package let points: [Point]

  /// - Parameters:
  ///   - probabilities: in [0, 1], one for each row.
  ///   - labels: 0 or 1, one for each row.
  ///   - bins: at least 1.
  package init(probabilities: [Double], labels: [Double], bins: Int = 10) {
    precondition(probabilities.count == labels.count, "Learning: a probability for each label")
    let ranked = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var sums = [(rows: Int, positives: Double, probability: Double)](
      repeating: (0, 0, 0), count: bins)
    var bin = 0
    for (rank, row) in ranked.enumerated() {
      if rank == 0 || probabilities[row] != probabilities[ranked[rank - 1]] {
        bin = bins * rank / ranked.count
      }
      sums[bin].rows += 1
      sums[bin].positives += labels[row]
      sums[bin].probability += probabilities[row]
    }
    points = sums.filter { $0.rows > 0 }.map { sum in
      let (low, high) = Self.wilson(sum.positives, of: Double(sum.rows))
      return Point(
        rows: sum.rows, positives: Int(sum.positives),
        meanProbability: sum.probability / Double(sum.rows), low: low, high: high)
    }
  }

  private static func wilson(_ positives: Double, of rows: Double) -> (Double, Double) {
    // The 97.5 % point of the normal distribution.
    let z = 1.959963984540054
    let share = positives / rows
    let middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    let half =
      z / (1 + z * z / rows) * (share * (1 - share) / rows + z * z / (4 * rows * rows)).squareRoot()
    return (max(0, middle - half), min(1, middle + half))
  }
}
