extension Metric {
  /// Churners that came for each one predicted.
  ///
  ///     Σ y / Σ p
  ///
  /// Range 0 … ∞; 1 is right, above 1 churn was underestimated. Nil when Σ p = 0.
  package static let observedExpectedRatio = Metric(
    name: "observedExpectedRatio", abstract: "Observed over expected number of churners",
    direction: .nearOne, range: 0...Double.greatestFiniteMagnitude
  ) { probabilities, labels in
    let expected = relaxedSum(probabilities)
    return expected > 0 ? relaxedSum(labels) / expected : nil
  }
}
