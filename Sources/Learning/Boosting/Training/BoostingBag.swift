internal import ForkJoin

/// Learns one model per inner fold and takes the mean of their log-odds.
///
///     training rows ─ 5 inner folds ─ model 1: folds 2 3 4 5, rounds by fold 1
///                                     model 2: folds 1 3 4 5, rounds by fold 2   …
///
/// Better than any single model: the models differ by their rows, bags and columns, and their errors
/// partly cancel. Groups and exact duplicates stay together. Where times matter the folds are for
/// variety only and the number of rounds is given, found on forward splits.
package struct BoostingBag: Sendable {
  /// What decides the trees.
  package var settings: BoostingSettings

  /// Deals the folds; each model has a seed of its own made of it.
  package var seed: UInt64

  /// See `GradientBoosting`.
  package var embargo: Int32

  /// How many models.
  package var foldCount: Int

  package init(
    settings: BoostingSettings, seed: UInt64, embargo: Int32 = 0, foldCount: Int = 5
  ) {
    self.settings = settings
    self.seed = seed
    self.embargo = embargo
    self.foldCount = foldCount
  }

  /// A bag with what its inner folds say.
  package struct Fit: Sendable {
    /// The models.
    package var bag: BoostedBag
    /// Per training row, in the order given, the log-odds by the model that did not train on it.
    ///
    /// With early stopping the row helped to choose the model's rounds: a little too good.
    package var outOfFold: [Double]
    /// Trees per model.
    package var rounds: [Int]
  }

  /// Learns from some rows.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one.
  ///   - rounds: Trees per model; nil: each by its own fold, as the settings' patience allows.
  /// - Returns: One model on all rows when they cannot be dealt into folds, out of fold the base rate.
  package func fit(_ dataset: Dataset, rows: [Int], rounds: Int? = nil) -> Fit {
    let splits = GroupedFolds(dataset, rows: rows, foldCount: foldCount, seed: seed)
      .splits(rows: rows)
    var settings = settings
    if let rounds { settings.rounds = rounds }
    let (chosen, seed, embargo) = (settings, seed, embargo)
    guard splits.count > 1 else {
      let model = GradientBoosting(settings: chosen, seed: seed, embargo: embargo)
        .fit(dataset, rows: rows).model
      return Fit(
        bag: BoostedBag(models: [model]),
        outOfFold: [Double](repeating: model.baseLogOdds, count: rows.count),
        rounds: [model.trees.count])
    }
    let models = concurrentMap(count: splits.count) { fold in
      GradientBoosting(
        settings: chosen, seed: SplitMix64.mix(seed &+ UInt64(fold) &+ 1), embargo: embargo
      ).fit(
        dataset, rows: splits[fold].analysis,
        validation: rounds == nil ? splits[fold].assessment : []
      ).model
    }
    var outOfFold: [Int: Double] = [:]
    for (split, model) in zip(splits, models) {
      let logOdds = model.logOdds(dataset, rows: split.assessment)
      for (row, value) in zip(split.assessment, logOdds) { outOfFold[row] = value }
    }
    return Fit(
      bag: BoostedBag(models: models), outOfFold: rows.map { outOfFold[$0] ?? 0 },
      rounds: models.map(\.trees.count))
  }
}
