/// The whole boosting learner: choose a preset and its rounds, then a bag on all training rows.
package struct BoostingLearner: Sendable {
  /// The presets tried.
  package var presets: [BoostingPreset]

  /// Length of the label's window in the unit of the times; nil asks for folds.
  package var embargo: Int32?

  /// Deals the folds; the same seed deals them as `LambdaSelection` does.
  package var seed: UInt64

  /// Rounds at most instead of those of the presets; nil: as the presets say.
  package var maximumRounds: Int?

  package init(
    presets: [BoostingPreset] = BoostingPreset.allCases, embargo: Int32?, seed: UInt64,
    maximumRounds: Int? = nil
  ) {
    precondition(!presets.isEmpty, "Learning: no presets to choose from")
    self.presets = presets
    self.embargo = embargo
    self.seed = seed
    self.maximumRounds = maximumRounds
  }

  /// Learns from some rows; no other row is read.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one.
  /// - Returns: The models with the evidence that chose them.
  package func learn(_ dataset: Dataset, rows: [Int]) -> LearnedBoosting {
    if let embargo, dataset.times != nil {
      let splits = ForwardSplits(embargo: embargo).splits(dataset, rows: rows)
      if splits.count >= 2 {
        let trials = presets.map {
          PresetTrial.forward(
            $0, settings: settings(of: $0, dataset), dataset, splits: splits, embargo: embargo,
            seed: seed)
        }
        return learned(dataset, rows: rows, scheme: .forward, splits: splits, trials: trials)
      }
    }
    let splits = GroupedFolds(dataset, rows: rows, seed: seed).splits(rows: rows)
    guard splits.count > 1 else {
      // One group says nothing about another: the base rate.
      let all = [Split(analysis: rows, assessment: rows)]
      let fit = bagging(of: presets[0], dataset).fit(dataset, rows: rows, rounds: 0)
      let trial = PresetTrial(
        preset: presets[0], logOdds: fit.outOfFold, rounds: [0], bag: fit.bag)
      return learned(dataset, rows: rows, scheme: .resubstitution, splits: all, trials: [trial])
    }
    let trials = presets.map { preset in
      let fit = bagging(of: preset, dataset).fit(dataset, rows: rows)
      let ofRow = Dictionary(uniqueKeysWithValues: zip(rows, fit.outOfFold))
      return PresetTrial(
        preset: preset, logOdds: splits.flatMap { $0.assessment.map { ofRow[$0] ?? 0 } },
        rounds: fit.rounds, bag: fit.bag)
    }
    return learned(dataset, rows: rows, scheme: .groupedFolds, splits: splits, trials: trials)
  }

  private func settings(of preset: BoostingPreset, _ dataset: Dataset) -> BoostingSettings {
    var settings = preset.settings
    // Rows of a group repeat each other: a bag without its group knows less of it.
    settings.bagsGroups = dataset.groups != nil
    if let maximumRounds { settings.rounds = min(settings.rounds, maximumRounds) }
    return settings
  }

  private func bagging(of preset: BoostingPreset, _ dataset: Dataset) -> BoostingBag {
    BoostingBag(settings: settings(of: preset, dataset), seed: seed, embargo: embargo ?? 0)
  }

  private func learned(
    _ dataset: Dataset, rows: [Int], scheme: SelectionScheme, splits: [Split],
    trials: [PresetTrial]
  ) -> LearnedBoosting {
    let judged = splits.flatMap(\.assessment)
    let labels = dataset.knownLabels
    let losses = trials.map { trial in
      zip(judged, trial.logOdds).map { Logistic.loss(logOdds: $1, label: labels[$0]) }
    }
    let means = losses.map { relaxedSum($0) / Double(judged.count) }
    let chosen = means.indices.reduce(0) { means[$1] < means[$0] ? $1 : $0 }
    let groups = judged.map { dataset.group(ofRow: $0) }
    let trial = trials[chosen]
    let bag =
      trial.bag
      ?? bagging(of: trial.preset, dataset).fit(dataset, rows: rows, rounds: trial.rounds[0]).bag
    return LearnedBoosting(
      bag: bag,
      selection: BoostingSelection(
        scheme: scheme, splits: splits,
        candidates: trials.indices.map {
          BoostingSelection.Candidate(
            preset: trials[$0].preset, logLoss: means[$0],
            excess: PairedDifference(losses[$0], losses[chosen], groups: groups),
            rounds: trials[$0].rounds)
        },
        chosen: chosen,
        predictions: PooledPredictions(
          rows: judged,
          splitOfRow: splits.enumerated().flatMap {
            [Int](repeating: $0, count: $1.assessment.count)
          },
          logOdds: trial.logOdds)))
  }
}

/// Learned models with the evidence that chose them.
package struct LearnedBoosting: Sendable {
  /// Learned on all training rows.
  package let bag: BoostedBag

  /// How preset and rounds were chosen.
  package let selection: BoostingSelection

  /// The preset in use.
  package var preset: BoostingPreset { selection.candidates[selection.chosen].preset }

  /// Uncalibrated probabilities of some rows, all when nil.
  package func probabilities(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    bag.logOdds(dataset, rows: rows).map { Logistic.probability(logOdds: $0) }
  }
}
