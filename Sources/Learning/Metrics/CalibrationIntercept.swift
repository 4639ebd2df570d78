extension Metric {
  /// By how much all log-odds are too low: calibration in the large.
  ///
  ///     logit P(y = 1) = a + logit p          the slope fixed at 1; the metric is a
  ///
  /// Any real number; 0 is right, above 0 churn was underestimated, below 0 overestimated. Nil when
  /// only one class is present. Source: Van Calster et al. 2019,
  /// https://doi.org/10.1186/s12916-019-1466-7
  package static let calibrationIntercept = Metric(
    name: "calibrationIntercept",
    abstract: "Log-odds to add so that totals agree; above 0: underestimated",
    direction: .nearZero,
    range: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  ) { probabilities, labels in
    let positives = labels.reduce(0, +)
    guard positives > 0, positives < Double(labels.count) else { return nil }
    return SmallLogisticFit.parameters(
      columns: [[Double](repeating: 1, count: labels.count)],
      offsets: probabilities.map { Logistic.logOdds(probability: $0) }, targets: labels,
      start: [0])?[0]
  }
}
