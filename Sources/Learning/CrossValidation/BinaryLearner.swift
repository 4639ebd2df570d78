/// The whole learner: choose among the learners, choose a calibration, refit on all training rows.
///
///     training rows ─ LearnerSelection ─┬─ learner, λ, rounds ─► FittedModel on all training rows
///                                       └─ out-of-sample log-odds ─ CalibrationChoice ─► map
package struct BinaryLearner: Sendable {
  /// Who may be chosen.
  package var request: LearnerSelection.Request

  /// The penalties tried; nil = those that suit the number of positives.
  package var path: LambdaPath?

  /// Limits of the preparation.
  package var options: PreparationOptions

  /// Length of the label's window in the unit of the times; nil asks for folds.
  package var embargo: Int32?

  /// Deals the folds and bags.
  package var seed: UInt64

  package init(
    _ request: LearnerSelection.Request = .auto, path: LambdaPath? = nil,
    options: PreparationOptions = .standard, embargo: Int32?, seed: UInt64
  ) {
    self.request = request
    self.path = path
    self.options = options
    self.embargo = embargo
    self.seed = seed
  }

  /// Learns from some rows; no other row is read.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one.
  /// - Returns: The model with the evidence that chose it.
  package func learn(_ dataset: Dataset, rows: [Int]) -> LearnedModel {
    let selection = LearnerSelection(
      dataset, rows: rows, request: request, embargo: embargo, seed: seed, path: path,
      options: options)
    let calibration = CalibrationChoice.choose(
      selection.predictions, of: selection.logistic, dataset, embargo: embargo)
    let (model, summary) = selection.fit(dataset, rows: rows, options: options)
    return LearnedModel(
      model: model, summary: summary, selection: selection, calibration: calibration)
  }
}

/// A learned model with the evidence that chose it.
package struct LearnedModel: Sendable {
  /// The model, fitted on all training rows.
  package let model: FittedModel

  /// What the linear solver did in that fit; nil without a linear part.
  package let summary: FitSummary?

  /// How the learner was chosen, its penalty and its rounds.
  package let selection: LearnerSelection

  /// How the calibration was chosen; its map belongs to the model.
  package let calibration: CalibrationChoice

  /// Calibrated probabilities of some rows, all when nil.
  package func probabilities(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    calibration.map.probabilities(logOdds: model.logOdds(dataset, rows: rows))
  }
}
