extension Metric {
  /// How many times the base rate the churn rate is among the riskiest tenth.
  ///
  ///     (positives among the top k / k) / (n₁/n),   k = ⌈n/10⌉
  ///
  /// When the k-th score is tied, the tied rows share the remaining places: each counts for
  /// places left / rows tied, so the order of rows does not matter.
  /// Range 0 … 10, higher is better, 1 is guessing. Nil when there is no positive.
  package static let liftAtTenPercent = Metric(
    name: "liftAtTenPercent", abstract: "Churn rate of the riskiest tenth over the base rate",
    direction: .higher, range: 0...10
  ) { probabilities, labels in
    let n = Double(labels.count)
    let n1 = labels.reduce(0, +)
    guard n1 > 0 else { return nil }
    let places = Double((labels.count + 9) / 10)
    var (left, found) = (places, 0.0)
    for tie in TiedScores.ascending(probabilities, labels).reversed() where left > 0 {
      let rows = tie.positives + tie.negatives
      let taken = min(left, rows)
      found += tie.positives * (taken / rows)
      left -= taken
    }
    return found / places / (n1 / n)
  }
}
