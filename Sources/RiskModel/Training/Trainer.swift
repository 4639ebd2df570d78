internal import Features
package import History
package import Learning

/// Turns a history into a model: rows, choice, calibration, refit.
///
/// ```
///   history ─ panel ─┬─ forward splits ─ λ, calibration, grade    judged on days not trained on
///                    └─ all mature rows ─ refit, hazard ─ model.json
/// ```
package struct Trainer: Sendable {
  package let recipe: TrainingRecipe

  package init(recipe: TrainingRecipe) { self.recipe = recipe }

  /// Trains from what was known on a day.
  ///
  /// - Parameters:
  ///   - history: everything seen; later days than `asOf` are not looked at.
  ///   - asOf: the day of training; nil = the newest observation.
  ///   - lagDays: reporting lag of usage in days.
  ///   - note: called with a sentence before each long step.
  ///   - progress: called within a step with what is done and what there is in all: customers read,
  ///     parts of the choice; nil when not known yet.
  /// - Returns: the model and how it was judged.
  /// - Throws: `RiskModelError` when there is no history, `asOf` is outside of it, or a learner was
  ///   asked for by name and there is too little to fit it; and what reading the history throws.
  package func train(
    _ history: some HistorySource, asOf: CalendarDay?, lagDays: Int,
    note: (String) -> Void = { _ in },
    progress: @escaping (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws -> TrainingResult {
    note("Building features of every subscription on past days")
    let rows = try TrainingData(
      history: CountedHistory(RememberedHistory(history), progress), recipe: recipe, asOf: asOf,
      lagDays: lagDays)
    if let shortage = rows.shortage {
      guard recipe.learner == .auto else {
        throw RiskModelError.tooLittleHistory(
          learner: recipe.learner.rawValue, shortage: shortage)
      }
      return TrainingResult(
        model: model(
          rows, learner: .rules, attention: TrainingAttention.texts(rows, shortage: shortage)),
        data: rows, judgement: nil)
    }
    let names = recipe.featureNames(among: FeatureCatalog.descriptions.map(\.name))
    let dataset = FeatureDataset.make(rows.table, features: names)
    try recipe.learner.check(BoostingObstacle(rows: dataset.rowCount))
    note("Choosing how to learn from \(dataset.rowCount) rows, forward in time")
    let judgement = Judgement(
      dataset, gap: FeatureDataset.make(rows.table, features: PastList.gapFeatures),
      definition: rows.definition, lagDays: lagDays, request: recipe.learner.request,
      seed: recipe.seed, capacity: recipe.capacity, progress: progress)
    try recipe.learner.check(judgement.learners.obstacle)
    note("Fitting the final model")
    let (fitted, summary) = judgement.learners.fit(dataset, rows: Array(0..<dataset.rowCount))
    var model = model(
      rows, learner: judgement.learners.chosen.inModels,
      attention: TrainingAttention.texts(rows, shortage: nil))
    model.fitted = fitted
    // The base rate is the probability of everybody, and no map of a constant knows better.
    model.calibration = judgement.hasRanking ? judgement.calibration.map : .identity
    model.grade = judgement.hasRanking ? judgement.grade : .c
    if !judgement.hasRanking { model.attention.append(TrainingAttention.noRanking(rows)) }
    let told = TrainingHorizons(rows, recipe: recipe)
    let spread = Self.spread(told, dataset, judgement: judgement, startingAt: fitted.logistic)
    model.horizons = spread?.horizons
    let range = CalibrationRange(
      dataset, judgement, horizonDays: rows.definition.horizonDays, seed: recipe.seed)
    model.vennAbers = range?.vennAbers
    model.attention += TrainingAttention.remarks(on: judgement, grade: model.grade, summary)
    return TrainingResult(
      model: model, data: rows, judgement: judgement,
      horizons: spread.map {
        HorizonJudgement(
          dataset, told, waitDays: rows.definition.reactivationGraceDays + lagDays,
          judgement: judgement, summary: $0.summary)
      },
      range: range, summary: summary, weights: FeatureWeights(fitted, dataset))
  }

  /// The hazard that spreads the model's probability over the other horizons; nil where there are none.
  private static func spread(
    _ told: TrainingHorizons, _ dataset: Dataset, judgement: Judgement,
    startingAt linear: LogisticModel?
  ) -> (horizons: HorizonSpread, summary: FitSummary)? {
    guard told.days.count > 1 else { return nil }
    let fit = DiscreteTimeHazard.fit(
      dataset, rows: Array(0..<dataset.rowCount), exposures: told.exposures,
      periodEnds: told.periodEnds, lambda: judgement.learners.ridgeLambda, startingAt: linear)
    return fit.map { (HorizonSpread(days: told.days, hazard: $0.hazard), $0.summary) }
  }

  private func model(
    _ rows: TrainingData, learner: RiskModelFile.Learner, attention: [Attention]
  ) -> RiskModelFile {
    // The base rate of a fitted model lies strictly between 0 and 1, where it has churned and other
    // rows; the limits stand for the learner that was asked for by name and has only one kind.
    let bands =
      learner == .rules
      ? RuleScore.bands
      : RiskBands(
        baseRate: min(max(rows.baseRate ?? 0.5, 1e-6), 1 - 1e-6),
        highOddsRatio: recipe.highOddsRatio, mediumOddsRatio: recipe.mediumOddsRatio)
    return RiskModelFile(
      recipe: recipe.resolved, learner: learner, asOf: rows.asOf, lagDays: rows.lagDays,
      trainedFrom: rows.table.rows.map(\.landmark).min(), trainedThrough: rows.trainedThrough,
      rows: rows.table.count, churnedRows: rows.table.labels.count { $0 == 1 },
      churnedCustomers: rows.churnedCustomers,
      unobservedRows: rows.table.rows.count { !$0.isObserved }, baseRate: rows.baseRate,
      grade: nil, fitted: nil, calibration: .identity, bands: bands, attention: attention)
  }
}

/// A trained model, the rows it stands on, and how it was judged.
package struct TrainingResult: Sendable {
  package var model: RiskModelFile
  package let data: TrainingData
  /// nil under rules.
  package let judgement: Judgement?
  /// How the other horizons did; nil where the model tells of none.
  package var horizons: HorizonJudgement?
  /// nil where the model has no calibration range.
  package var range: CalibrationRange?
  /// What the linear solver did in the final fit; nil without a linear part.
  package var summary: FitSummary?
  /// How far each feature moves the log-odds; nil under rules.
  package var weights: FeatureWeights?
}

extension TrainingRecipe.Learner {
  /// Who may be chosen.
  package var request: LearnerSelection.Request {
    switch self {
    case .auto: .auto
    case .logistic: .logistic
    case .boosting: .boosting
    }
  }
}

extension TrainingRecipe.Learner {
  /// Refuses trees that cannot be fitted when they, and nothing else, were asked for.
  func check(_ obstacle: BoostingObstacle?) throws(RiskModelError) {
    if self == .boosting, let obstacle { throw RiskModelError.cannotBoost(obstacle) }
  }
}

extension LearnerSelection.Learner {
  /// The name that model files give it.
  fileprivate var inModels: RiskModelFile.Learner {
    switch self {
    case .logistic: .logistic
    case .boosting: .boosting
    case .blend: .blend
    }
  }
}
