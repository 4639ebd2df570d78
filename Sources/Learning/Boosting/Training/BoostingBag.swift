internal import ForkJoin

/// Learns one model per inner fold, without the rows of the fold, and takes the mean of their log-odds.
///
///     training rows ─ 5 inner folds ─ model 1: folds 2 3 4 5
///                                     model 2: folds 1 3 4 5   …
///
/// Better than any single model: the models differ by their rows, bags and columns, and their errors
/// partly cancel. Groups and exact duplicates stay together. The folds are for variety only; the number of
/// trees is given.
package struct BoostingBag: Sendable {
  /// What decides the trees; as many are grown as `rounds` says.
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

  /// The seed of the model of a fold or split.
  static func seed(ofModel number: Int, _ seed: UInt64) -> UInt64 {
    SplitMix64.mix(seed &+ UInt64(number) &+ 1)
  }

  /// Learns from some rows.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one.
  /// - Returns: One model on all rows when they cannot be dealt into folds.
  package func fit(_ dataset: Dataset, rows: [Int]) -> BoostedBag {
    let splits = GroupedFolds(dataset, rows: rows, foldCount: foldCount, seed: seed)
      .splits(rows: rows)
    let analyses = splits.count > 1 ? splits.map(\.analysis) : [rows]
    let (settings, seed, embargo) = (settings, seed, embargo)
    return BoostedBag(
      models: concurrentMap(count: analyses.count) { number in
        GradientBoosting(
          settings: settings, seed: Self.seed(ofModel: number, seed), embargo: embargo
        ).fit(dataset, rows: analyses[number]).model
      })
  }
}
