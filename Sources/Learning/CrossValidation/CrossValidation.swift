// Judges the learner on a table, fold by fold.
//
//     fold of a row    ≥ 0  predicted once, by a model trained on every row of another fold ≥ −1
//                       −1  trains only
//                       −2  never used
//
// Everything is chosen inside the training rows: the preparation, λ and, with times, the calibration.

/// How rows are to be learned from and judged.
package struct CrossValidation: Sendable {
  /// Least distance in time from an analysis row to an origin, as for `ForwardSplits`.
  ///
  /// Nil: `inferredEmbargo`. Not used without times.
  package var embargo: Int32?

  /// Which learner is judged.
  package var request: LearnerSelection.Request

  /// Deals the folds inside the training rows.
  package var seed: UInt64

  /// The penalties tried; nil = those that suit the number of positives.
  package var path: LambdaPath?

  /// Limits of the preparation.
  package var options: PreparationOptions

  package init(
    _ request: LearnerSelection.Request = .auto, embargo: Int32? = nil, seed: UInt64,
    path: LambdaPath? = nil, options: PreparationOptions = .standard
  ) {
    self.request = request
    self.embargo = embargo
    self.seed = seed
    self.path = path
    self.options = options
  }

  /// Five stratified folds, exact duplicates and groups kept together, one per row.
  package static func stratifiedFolds(_ dataset: Dataset, seed: UInt64) -> [Int32] {
    dealtFolds(dataset, seed: seed).folds.map { Int32($0) }
  }

  /// Whether `stratifiedFolds` can keep exact duplicates in one fold; the same for every seed.
  package static func stratifiedFoldsKeepDuplicates(_ dataset: Dataset) -> Bool {
    dealtFolds(dataset, seed: 0).keepsDuplicates
  }

  private static func dealtFolds(_ dataset: Dataset, seed: UInt64) -> GroupedFolds {
    GroupedFolds(dataset, rows: Array(0..<dataset.rowCount), foldCount: 5, seed: seed)
  }

  /// The gap that a table's author left between the training rows and the rows judged later.
  ///
  /// first time of folds ≥ 0 − last time of fold −1, when that is positive; else the smallest
  /// distance between two times; nil without times.
  package static func inferredEmbargo(_ dataset: Dataset, folds: [Int32]) -> Int32? {
    guard let times = dataset.times else { return nil }
    let judged = zip(times, folds).filter { $0.1 >= 0 }.map(\.0)
    let trainOnly = zip(times, folds).filter { $0.1 == -1 }.map(\.0)
    if let first = judged.min(), let last = trainOnly.max(), first > last { return first - last }
    let different = Set(times).sorted()
    return zip(different, different.dropFirst()).map { $1 - $0 }.min() ?? 1
  }

  /// Trains and predicts fold by fold, in ascending order of folds.
  ///
  /// - Parameters:
  ///   - dataset: With labels; groups and times are used when there are some.
  ///   - folds: One per row, ≥ −2; the rows that each fold ≥ 0 learns from have both labels.
  ///   - progress: Called after each fold with its number and how many there are.
  /// - Returns: Predictions, metrics and the learned models.
  package func run(
    _ dataset: Dataset, folds: [Int32], progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) -> CrossValidationResult {
    precondition(
      folds.count == dataset.rowCount && folds.allSatisfy { $0 >= -2 },
      "Learning: \(folds.count) folds for \(dataset.rowCount) rows, or one below -2")
    let labels = dataset.knownLabels
    let embargo = embargo ?? Self.inferredEmbargo(dataset, folds: folds)
    let numbers = Set(folds.filter { $0 >= 0 }).sorted()
    var probabilities = [Double](repeating: .nan, count: dataset.rowCount)
    var results: [CrossValidationResult.Fold] = []
    for fold in numbers {
      let started = ContinuousClock.now
      let analysis = folds.indices.filter { folds[$0] >= -1 && folds[$0] != fold }
      let assessment = folds.indices.filter { folds[$0] == fold }
      precondition(
        Set(analysis.lazy.map { labels[$0] }).count == 2,
        "Learning: fold \(fold) has not both labels to learn from")
      let learned = BinaryLearner(
        request, path: path, options: options, embargo: embargo, seed: seed
      ).learn(dataset, rows: analysis)
      let predicted = learned.probabilities(dataset, rows: assessment)
      for (row, probability) in zip(assessment, predicted) { probabilities[row] = probability }
      let twins = DuplicateRows.haveTwin(dataset, rows: assessment, in: analysis)
      results.append(
        CrossValidationResult.Fold(
          fold: fold, analysisRows: analysis.count, assessmentRows: assessment.count,
          twinRows: twins.count { $0 }, learned: learned,
          metrics: MetricValues(probabilities: predicted, labels: assessment.map { labels[$0] }),
          metricsWithoutTwins: MetricValues(
            probabilities: zip(predicted, twins).filter { !$0.1 }.map(\.0),
            labels: zip(assessment, twins).filter { !$0.1 }.map { labels[$0.0] }),
          duration: ContinuousClock.now - started))
      progress(results.count, numbers.count)
    }
    return CrossValidationResult(folds: results, probabilities: probabilities)
  }
}
