extension Metric {
  /// The chance that a random positive is ranked above a random negative, ties counting half.
  ///
  ///     (R₁ − n₁(n₁ + 1)/2) / (n₁·n₀)        R₁ = Σ mid-ranks of the positives
  ///
  /// Range 0 … 1, higher is better, 0.5 is guessing. Nil when only one class is present.
  /// Complexity O(n log n). Source: Hanley & McNeil 1982,
  /// https://doi.org/10.1148/radiology.143.1.7063747
  package static let areaUnderROC = Metric(
    name: "areaUnderROC", abstract: "Chance that a churner is ranked above a non-churner",
    direction: .higher, range: 0...1
  ) { probabilities, labels in
    let n1 = labels.reduce(0, +)
    let n0 = Double(labels.count) - n1
    guard n1 > 0, n0 > 0 else { return nil }
    // Twice the number of (positive, negative) pairs in the right order: whole, hence exact.
    var doubledWins = 0.0
    var negativesBelow = 0.0
    for tie in TiedScores.ascending(probabilities, labels) {
      doubledWins += tie.positives * (2 * negativesBelow + tie.negatives)
      negativesBelow += tie.negatives
    }
    return doubledWins / (2 * n1 * n0)
  }
}
