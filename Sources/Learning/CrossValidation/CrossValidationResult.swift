/// What cross-validation found.
package struct CrossValidationResult: Sendable {
  /// One fold and how it was predicted.
  package struct Fold: Sendable {
    /// Its number.
    package var fold: Int32
    /// Rows learned from.
    package var analysisRows: Int
    /// Rows judged on.
    package var assessmentRows: Int
    /// Judged rows with an exact twin among the rows learned from.
    package var twinRows: Int
    /// The model and the evidence that chose it.
    package var learned: LearnedModel
    /// Metrics of all judged rows.
    package var metrics: MetricValues
    /// Metrics of the judged rows without a twin, which memorizing cannot improve.
    package var metricsWithoutTwins: MetricValues
    /// Wall time to train and predict.
    package var duration: Duration
  }

  /// The mean of a metric over folds and its standard error.
  package struct Summary: Sendable, Equatable {
    /// Mean over the folds where the metric is defined; nil when there is none.
    package var mean: Double?
    /// Sample deviation over folds / √folds; nil with fewer than two folds.
    package var standardError: Double?
  }

  /// In ascending order of fold number.
  package let folds: [Fold]

  /// Per row of the dataset; NaN for rows of fold −1 and −2.
  package let probabilities: [Double]

  /// Wall time of all folds.
  package var duration: Duration { folds.reduce(.zero) { $0 + $1.duration } }

  /// The mean over folds of one metric, on all judged rows or on those without a twin.
  package func summary(of metric: Metric, withoutTwins: Bool = false) -> Summary {
    let values = folds.compactMap {
      (withoutTwins ? $0.metricsWithoutTwins : $0.metrics)[metric]
    }
    guard !values.isEmpty else { return Summary(mean: nil, standardError: nil) }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Summary(
      mean: mean, standardError: n > 1 ? (squares / (n - 1) / n).squareRoot() : nil)
  }
}
