extension Metric {
  /// Mean negative log-likelihood in nats.
  ///
  ///     −(1/n) Σ [y ln p + (1 − y) ln(1 − p)]
  ///
  /// Range 0 … 36.04 (a wrong certainty is capped at 52 bits), lower is better; a proper score: only
  /// the true probabilities minimize it. Defined for any labels.
  /// Source: Good 1952, "Rational Decisions"; capped as `sklearn.metrics.log_loss`.
  package static let logLoss = Metric(
    name: "logLoss", abstract: "Mean negative log-likelihood, in nats", direction: .lower,
    range: 0...(52 * 0.6931471805599454)
  ) { probabilities, labels in
    let losses = zip(probabilities, labels).map { Logistic.loss(probability: $0, label: $1) }
    return relaxedSum(losses) / Double(losses.count)
  }
}
