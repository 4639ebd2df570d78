extension Metric {
  /// Mean squared difference between probability and outcome.
  ///
  ///     (1/n) Σ (p − y)²
  ///
  /// Range 0 … 1, lower is better; a proper score. Defined for any labels.
  /// Source: Brier 1950, https://doi.org/10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
  package static let brierScore = Metric(
    name: "brierScore", abstract: "Mean squared error of the probability", direction: .lower,
    range: 0...1
  ) { probabilities, labels in
    let squares = zip(probabilities, labels).map { ($0 - $1) * ($0 - $1) }
    return relaxedSum(squares) / Double(squares.count)
  }
}
