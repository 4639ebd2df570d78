internal import ForkJoin

// Which preset to use and how many trees, decided by rows that the models have not seen.
//
//     times   rolling origins   per preset and origin a model that is watched on the assessment rows;
//                               the rounds of least loss pooled over origins
//     none    inner folds       per preset a bag; each model's rounds by its own fold
//     chosen = the preset of least pooled log-loss

/// The outcome of choosing a preset, with everything that an evaluation report shows.
package struct BoostingSelection: Sendable {
  /// One preset and how it did.
  package struct Candidate: Sendable, Equatable {
    /// The preset.
    package var preset: BoostingPreset
    /// Mean log-loss over all assessment rows.
    package var logLoss: Double
    /// How far its log-loss lies above the best's, with the paired standard error.
    package var excess: PairedDifference
    /// Trees per model.
    package var rounds: [Int]
  }

  /// How rows were held out.
  package let scheme: SelectionScheme
  /// Row numbers of each split.
  package let splits: [Split]
  /// All presets tried, in the order given.
  package let candidates: [Candidate]
  /// Position in `candidates` of the least pooled log-loss.
  package let chosen: Int
  /// Out-of-sample predictions of the chosen preset.
  package let predictions: PooledPredictions
}

/// What one preset predicts for the assessment rows of all splits.
struct PresetTrial: Sendable {
  let preset: BoostingPreset
  /// Split after split.
  let logOdds: [Double]
  /// Trees per model.
  let rounds: [Int]
  /// A bag on all rows, where the splits are its folds.
  let bag: BoostedBag?

  /// Watches one model per origin and takes the rounds that are best over all of them.
  static func forward(
    _ preset: BoostingPreset, settings: BoostingSettings, _ dataset: Dataset, splits: [Split],
    embargo: Int32, seed: UInt64
  ) -> PresetTrial {
    let fits = concurrentMap(count: splits.count) { index in
      GradientBoosting(settings: settings, seed: seed, embargo: embargo).fit(
        dataset, rows: splits[index].analysis, validation: splits[index].assessment)
    }
    let rounds = bestRounds(
      fits.map(\.validatedLogLoss), weights: splits.map { Double($0.assessment.count) })
    let logOdds = concurrentMap(count: splits.count) { index in
      var model = fits[index].model
      model.trees = Array(fits[index].trees.prefix(rounds))
      return model.logOdds(dataset, rows: splits[index].assessment)
    }
    return PresetTrial(
      preset: preset, logOdds: logOdds.flatMap { $0 }, rounds: [rounds], bag: nil)
  }

  /// The round of least loss over some curves; a curve that ended goes on as it was.
  static func bestRounds(_ curves: [[Double]], weights: [Double]) -> Int {
    let length = curves.map(\.count).max() ?? 0
    var best = (round: 0, loss: Double.infinity)
    for round in 0..<length {
      var loss = 0.0
      for (curve, weight) in zip(curves, weights) {
        loss += weight * curve[min(round, curve.count - 1)]
      }
      if loss < best.loss { best = (round, loss) }
    }
    return best.round
  }
}
