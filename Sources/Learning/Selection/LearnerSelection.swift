/// Which learner to use: the linear one, boosting, or the mean of their log-odds.
///
///     churned customers    < 300                        ≥ 300
///     candidates           logistic                     logistic, boosting, blend
///
/// The least pooled log-loss wins; where later days are judged the blend is preferred within one paired
/// standard error of it: its errors partly cancel, and the days to come will differ again. Where the
/// linear model is the base rate, that stays unless the best is better by more than one standard error:
/// trees choose their number on the rows that judge them, so on noise they never look worse than the base
/// rate. With few churned customers trees find patterns in noise, and the splits are too small to show it:
/// there the linear model stands alone.
///
/// The linear model's penalty is ridge; where it stands alone (few churned customers) or days that it has
/// not learned from judge, an elastic net is tried beside it, and the lower loss decides. On random splits
/// of many rows the net would cost as much time as the trees.
///
/// No row is fitted by the model that judges it; penalty, preset and rounds are chosen on the same rows.
package struct LearnerSelection: Sendable {
  /// Who may be chosen.
  package enum Request: String, Sendable, CaseIterable {
    case auto, logistic, boosting
  }

  /// One of the candidates.
  package enum Learner: String, Sendable, CaseIterable {
    case logistic, boosting, blend
  }

  /// One learner and how it did on the rows that its fits had not seen.
  package struct Candidate: Sendable, Equatable {
    package var learner: Learner
    /// Mean log-loss over all assessment rows, before calibration.
    package var logLoss: Double
    /// How far its log-loss lies above the best's, with the paired standard error.
    package var excess: PairedDifference
  }

  /// Fewer groups with label 1, and boosting is no candidate of `auto`.
  package static let fewestPositiveGroupsToBoost = 300

  /// Design columns up to which an elastic net is tried: a step of its takes time by their square, and it
  /// takes more steps than ridge does.
  static let mostColumnsOfElasticNet = 1_000

  /// Whether what was chosen gives different rows different probabilities.
  package var hasRanking: Bool {
    let isLinear = chosen != .boosting && logistic.lambda.isFinite
    let isBoosted = chosen != .logistic && boosting.map { !$0.isConstant } ?? false
    return isLinear || isBoosted
  }

  /// How the penalty of the linear model was chosen; also the splits of all candidates.
  package let logistic: LambdaSelection
  /// The linear model's other kind of penalty, which did no better; nil where one alone was tried.
  package let otherPenalty: LambdaSelection?
  /// The ridge penalty for another model of the same rows.
  ///
  /// The linear model's own; where that has an elastic net the one chosen for ridge, or the one that did best
  /// if that is ∞. It is ∞ where the linear model is the base rate, and beside an elastic net of rows on which
  /// no ridge did better than the base rate.
  package var ridgeLambda: Double {
    guard logistic.mixing > 0, logistic.lambda.isFinite, let ridge = otherPenalty else {
      return logistic.lambda
    }
    return ridge.lambda.isFinite ? ridge.lambda : ridge.candidates[ridge.best].lambda
  }
  /// How boosting did; nil where it was no candidate.
  package let boosting: BoostingSelection?
  /// Why boosting is no candidate although it should be one; nil where it is, or should not be.
  package let obstacle: BoostingObstacle?
  /// In the order of `Learner`.
  package let candidates: [Candidate]
  /// The learner to use.
  package let chosen: Learner
  /// Predictions of the chosen learner by models that were not fitted to the row, uncalibrated.
  package let predictions: PooledPredictions

  /// Chooses by rows that no fit has seen.
  ///
  /// - Parameters:
  ///   - dataset: With labels; with times for rolling origins.
  ///   - rows: Training rows; no other row is read.
  ///   - request: Who may be chosen.
  ///   - embargo: See `LambdaSelection`.
  ///   - seed: Deals folds and bags.
  ///   - path: The penalties tried; nil = ridge, and beside it an elastic net where that may matter.
  ///   - options: Limits of the preparation.
  package init(
    _ dataset: Dataset, rows: [Int], request: Request, embargo: Int32?, seed: UInt64,
    path: LambdaPath? = nil, options: PreparationOptions = .standard
  ) {
    let hasFewPositives =
      dataset.positiveGroupCount(in: rows) < Self.fewestPositiveGroupsToBoost
    func linear(_ path: LambdaPath) -> LambdaSelection {
      LambdaSelection.choose(
        dataset, rows: rows, embargo: embargo, seed: seed, path: path, options: options)
    }
    let ridge = linear(path ?? .standard)
    let isDecisive = hasFewPositives || ridge.scheme != .groupedFolds
    let net =
      path == nil && isDecisive && Self.isNarrow(dataset, rows: rows, options: options)
      ? linear(.elasticNet) : nil
    let prefersNet = net.map { $0.chosenLogLoss < ridge.chosenLogLoss } ?? false
    let logistic = prefersNet ? net ?? ridge : ridge
    otherPenalty = prefersNet ? ridge : net
    self.logistic = logistic
    let shouldBoost =
      switch request {
      case .logistic: false
      case .boosting: true
      case .auto: !hasFewPositives
      }
    obstacle =
      shouldBoost ? BoostingObstacle(rows: rows.count, scheme: logistic.scheme) : nil
    let boosts = shouldBoost && obstacle == nil
    let boosting =
      boosts ? BoostingSelection(dataset, like: logistic, embargo: embargo, seed: seed) : nil
    self.boosting = boosting

    let labels = logistic.predictions.rows.map { dataset.knownLabels[$0] }
    let groups = logistic.predictions.rows.map { dataset.group(ofRow: $0) }
    var logOdds: [(learner: Learner, values: [Double])] = [
      (.logistic, logistic.predictions.logOdds)
    ]
    if let boosting {
      logOdds.append((.boosting, boosting.predictions.logOdds))
      logOdds.append(
        (.blend, FittedModel.mean(logistic.predictions.logOdds, boosting.predictions.logOdds)))
    }
    let losses = logOdds.map { candidate in
      zip(candidate.values, labels).map { Logistic.loss(logOdds: $0, label: $1) }
    }
    let means = losses.map { relaxedSum($0) / Double($0.count) }
    let best = means.indices.min { (means[$0], $0) < (means[$1], $1) } ?? 0
    candidates = logOdds.indices.map { index in
      Candidate(
        learner: logOdds[index].learner, logLoss: means[index],
        excess: PairedDifference(losses[index], losses[best], groups: groups))
    }
    let prefersBase = !logistic.lambda.isFinite && candidates[0].excess.isWithinOneError
    let prefersBlend =
      logistic.scheme == .forward
      && candidates.contains { $0.learner == .blend && $0.excess.isWithinOneError }
    let chosen: Learner =
      request == .boosting && boosts
      ? .boosting
      : prefersBase || boosting?.isConstant ?? true
        ? .logistic : prefersBlend ? .blend : candidates[best].learner
    self.chosen = chosen
    predictions = PooledPredictions(
      rows: logistic.predictions.rows, splitOfRow: logistic.predictions.splitOfRow,
      logOdds: logOdds.first { $0.learner == chosen }?.values ?? logistic.predictions.logOdds)
  }

  private static func isNarrow(_ dataset: Dataset, rows: [Int], options: PreparationOptions) -> Bool
  {
    Preparation.fit(dataset, rows: rows, options: options).designColumns.count
      <= mostColumnsOfElasticNet
  }

  /// The chosen learner, fitted on all training rows.
  ///
  /// - Returns: The model; and what the linear solver did, where there is a linear part.
  package func fit(
    _ dataset: Dataset, rows: [Int], options: PreparationOptions = .standard
  ) -> (model: FittedModel, summary: FitSummary?) {
    func linear() -> (model: LogisticModel, summary: FitSummary) {
      LogisticModel.fit(
        dataset, rows: rows, lambda: logistic.lambda, mixing: logistic.mixing, options: options)
    }
    switch (chosen, boosting) {
    case (.boosting, let boosting?): return (.boosting(boosting.fit(dataset, rows: rows)), nil)
    case (.blend, let boosting?):
      let (model, summary) = linear()
      return (.blend(model, boosting.fit(dataset, rows: rows)), summary)
    default:
      let (model, summary) = linear()
      return (.logistic(model), summary)
    }
  }
}
