internal import ForkJoin

// Which preset to boost with, and for how many rounds, decided by rows that the fits have not seen.
//
//   splits by time     analysis ─ one model, watched on the assessment ─► loss after every round
//                      pooled over the splits, they say how many rounds the final bag gets (ForwardRounds)
//   folds              analysis ─ one model, stopped on its own fold; these models are the final bag
//                      few rows are dealt into folds once more and again: as many more models
//
// A mean of log-odds is more careful than each of its parts. What the bag predicts for rows that it has
// not seen is known only from several deals: the mean, over the deals, of the models without the row.

/// The outcome of choosing how to boost, with the evidence.
package struct BoostingSelection: Sendable {
  /// One preset and how it did.
  package struct Candidate: Sendable, Equatable {
    /// Which settings.
    package var preset: BoostingPreset
    /// Mean log-loss over all assessment rows.
    package var logLoss: Double
    /// Mean log-loss of each split.
    package var splitLogLoss: [Double]
    /// Trees of a model; nil where each fold stopped for itself.
    package var rounds: Int?
    /// The number of trees with the least loss, and that loss; nil where each fold stopped for itself.
    package var best: Best?
  }

  /// The number of trees that did best; fewer are used where the splits do not agree on it.
  package struct Best: Sendable, Equatable {
    package var rounds: Int
    /// Mean log-loss over all assessment rows.
    package var logLoss: Double
  }

  /// All presets tried, smallest first.
  package let candidates: [Candidate]
  /// Position in `candidates` of the least pooled log-loss.
  package let chosen: Int
  /// Predictions of the chosen preset, the rows in the order of the splits.
  ///
  /// No row was fitted by the model that predicts it; preset and rounds were chosen on these rows.
  package let predictions: PooledPredictions
  /// Whether the models of the chosen candidate predict one probability for all rows of a split.
  package let isConstant: Bool
  /// The models of the folds, when they are the final bag.
  private let bag: BoostedBag?
  private let seed: UInt64
  private let embargo: Int32

  /// Few rows are dealt into folds this often, where their models are the final bag.
  private static let mostDeals = 3
  /// Rows that all deals together learn from, about; one deal is made of any number.
  private static let rowsOfDeals = 30_000

  /// The candidate to use.
  package var choice: Candidate { candidates[chosen] }

  /// Tries presets on the splits that chose the penalty of the logistic model.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - selection: Its splits, with both labels in every analysis.
  ///   - presets: At least one; nil: all for folds, the careful one for splits by time, where it was the best
  ///     of every panel that was measured, and the others take four times as long.
  ///   - embargo: Length of the label's window in the unit of the times.
  ///   - seed: Of the bags.
  package init(
    _ dataset: Dataset, like selection: LambdaSelection,
    presets: [BoostingPreset]? = nil, embargo: Int32?, seed: UInt64
  ) {
    let embargo = max(0, embargo ?? 0)
    let isByFold = selection.scheme == .groupedFolds
    let presets = presets ?? (isByFold ? BoostingPreset.allCases : [.careful])
    let trials = presets.map { preset in
      Trial(
        dataset, selection.splits, preset: preset, isByFold: isByFold, embargo: embargo, seed: seed)
    }
    candidates = trials.map(\.candidate)
    chosen =
      trials.indices.min { (trials[$0].candidate.logLoss, $0) < (trials[$1].candidate.logLoss, $1) }
      ?? 0
    let best = trials[chosen]
    isConstant = best.isConstant
    let rows = selection.predictions.rows
    let deals = isByFold ? max(1, min(Self.mostDeals, Self.rowsOfDeals / rows.count)) : 1
    let chosenPreset = presets[chosen]
    let labels = dataset.knownLabels
    let again = (1..<deals).compactMap { deal -> Trial? in
      let seed = SplitMix64.mix(seed &+ UInt64(deal))
      let ordered = rows.sorted()
      let splits = GroupedFolds(dataset, rows: ordered, seed: seed).splits(rows: ordered)
      guard splits.allSatisfy({ $0.hasBothLabels(labels) }) else { return nil }
      return Trial(
        dataset, splits, preset: chosenPreset, isByFold: true, embargo: embargo, seed: seed)
    }
    predictions = PooledPredictions(
      rows: rows, splitOfRow: selection.predictions.splitOfRow,
      logOdds: Self.means(of: [best] + again, rows: rows))
    bag = isByFold ? BoostedBag(models: ([best] + again).flatMap(\.models)) : nil
    self.seed = seed
    self.embargo = embargo
  }

  /// The mean over several deals of what the models without a row predict for it; in the order of `rows`.
  private static func means(of trials: [Trial], rows: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: (rows.max() ?? -1) + 1)
    for trial in trials { for (row, z) in zip(trial.rows, trial.logOdds) { sums[row] += z } }
    return rows.map { sums[$0] / Double(trials.count) }
  }

  /// The settings of a preset for a dataset.
  static func settings(of preset: BoostingPreset, _ dataset: Dataset) -> BoostingSettings {
    var settings = preset.settings
    // Rows of a group repeat each other: a bag without the whole group tells more.
    settings.bagsGroups = dataset.groups != nil
    return settings
  }

  /// The final bag, learned from all training rows with the chosen settings.
  package func fit(_ dataset: Dataset, rows: [Int]) -> BoostedBag {
    if let bag { return bag }
    var settings = Self.settings(of: choice.preset, dataset)
    settings.rounds = choice.rounds ?? settings.rounds
    return BoostingBag(settings: settings, seed: seed, embargo: embargo).fit(dataset, rows: rows)
  }
}

/// One preset on all splits.
private struct Trial {
  var candidate: BoostingSelection.Candidate
  /// The assessment rows, split after split.
  var rows: [Int]
  /// Of these rows.
  var logOdds: [Double]
  /// Whether all rows of a split have one of them.
  var isConstant: Bool
  /// One per split, cut to the rounds that predict.
  var models: [BoostedTrees]

  init(
    _ dataset: Dataset, _ splits: [Split], preset: BoostingPreset, isByFold: Bool, embargo: Int32,
    seed: UInt64
  ) {
    let labels = dataset.knownLabels
    let fits = concurrentMap(count: splits.count) { index in
      GradientBoosting(
        settings: BoostingSelection.settings(of: preset, dataset),
        seed: BoostingBag.seed(ofModel: index, seed), embargo: embargo
      ).fit(
        dataset, rows: splits[index].analysis, validation: splits[index].assessment)
    }
    let forward = isByFold ? nil : ForwardRounds(fits, splits, dataset)
    let rounds = forward?.chosen
    let models = fits.map { fit in
      var model = fit.model
      if let rounds { model.trees = Array(fit.trees.prefix(rounds)) }
      return model
    }
    let predicted = zip(splits, models).map { $1.logOdds(dataset, rows: $0.assessment) }
    let losses = zip(splits, predicted).map { split, logOdds in
      relaxedSum(
        zip(split.assessment, logOdds).map { Logistic.loss(logOdds: $1, label: labels[$0]) })
    }
    let rowCount = splits.reduce(0) { $0 + $1.assessment.count }
    candidate = BoostingSelection.Candidate(
      preset: preset, logLoss: losses.reduce(0, +) / Double(rowCount),
      splitLogLoss: zip(losses, splits).map { $0 / Double($1.assessment.count) }, rounds: rounds,
      best: forward.map { BoostingSelection.Best(rounds: $0.best, logLoss: $0.bestLogLoss) })
    self.models = models
    rows = splits.flatMap(\.assessment)
    logOdds = predicted.flatMap { $0 }
    isConstant = predicted.allSatisfy { split in split.allSatisfy { $0 == split.first } }
  }
}
