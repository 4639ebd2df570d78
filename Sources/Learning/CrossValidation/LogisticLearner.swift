/// The whole logistic learner: prepare, choose λ, choose a calibration, refit on all training rows.
///
///     training rows ─ LambdaSelection ─┬─ λ ───────────────► LogisticModel on all training rows
///                                      └─ out-of-sample log-odds ─ CalibrationChoice ─► map
package struct LogisticLearner: Sendable {
  /// The penalties tried.
  package var path: LambdaPath

  /// Limits of the preparation.
  package var options: PreparationOptions

  /// Length of the label's window in the unit of the times; nil asks for folds.
  package var embargo: Int32?

  /// Deals the folds.
  package var seed: UInt64

  package init(
    path: LambdaPath = .standard, options: PreparationOptions = .standard,
    embargo: Int32?, seed: UInt64
  ) {
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
  package func learn(_ dataset: Dataset, rows: [Int]) -> LearnedLogistic {
    let selection = LambdaSelection.choose(
      dataset, rows: rows, embargo: embargo, seed: seed, path: path, options: options)
    let calibration = CalibrationChoice.choose(selection, dataset, embargo: embargo)
    let (model, summary) = LogisticModel.fit(
      dataset, rows: rows, lambda: selection.lambda, options: options)
    return LearnedLogistic(
      model: model, summary: summary, selection: selection, calibration: calibration)
  }
}

/// A learned model with the evidence that chose it.
package struct LearnedLogistic: Sendable {
  /// The model, fitted on all training rows.
  package let model: LogisticModel

  /// What the solver did in that fit.
  package let summary: FitSummary

  /// How λ was chosen.
  package let selection: LambdaSelection

  /// How the calibration was chosen; its map belongs to the model.
  package let calibration: CalibrationChoice

  /// Calibrated probabilities of some rows, all when nil.
  package func probabilities(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    calibration.map.probabilities(logOdds: model.logOdds(dataset, rows: rows))
  }
}
