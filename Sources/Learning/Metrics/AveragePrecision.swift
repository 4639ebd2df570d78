extension Metric {
  /// Precision averaged over the positives as the list grows from the top.
  ///
  ///     Σₖ (Rₖ − Rₖ₋₁)·Pₖ      over the different scores, highest first; P precision, R recall
  ///
  /// Rows of equal score enter together, as in `sklearn.metrics.average_precision_score`.
  /// Range 0 … 1, higher is better, guessing gives about the base rate. Nil when there is no
  /// positive; 1 when all are. Source: Davis & Goadrich 2006, https://doi.org/10.1145/1143844.1143874
  package static let averagePrecision = Metric(
    name: "averagePrecision", abstract: "Precision averaged over the churners, from the top",
    direction: .higher, range: 0...1
  ) { probabilities, labels in
    let n1 = labels.reduce(0, +)
    guard n1 > 0 else { return nil }
    var (positives, rows, sum) = (0.0, 0.0, 0.0)
    for tie in TiedScores.ascending(probabilities, labels).reversed() {
      positives += tie.positives
      rows += tie.positives + tie.negatives
      sum += tie.positives / n1 * (positives / rows)
    }
    return min(sum, 1)
  }
}
