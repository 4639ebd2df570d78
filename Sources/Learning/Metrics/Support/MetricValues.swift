/// Every metric of one set of predictions, in the order of `Metric.all`.
package struct MetricValues: Sendable, Equatable {
  /// One per metric of `Metric.all`; nil where it is not defined.
  package let values: [Double?]

  /// Evaluates all metrics.
  ///
  /// - Parameters:
  ///   - probabilities: In [0, 1], one per row.
  ///   - labels: 0 or 1, one per row.
  package init(probabilities: [Double], labels: [Double]) {
    values = Metric.all.map { $0.evaluate(probabilities: probabilities, labels: labels) }
  }

  /// The value of one metric of the catalog.
  package subscript(metric: Metric) -> Double? {
    guard let index = Metric.all.firstIndex(where: { $0.name == metric.name }) else { return nil }
    return values[index]
  }
}
