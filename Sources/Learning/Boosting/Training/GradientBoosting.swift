internal import ForkJoin

/// Gradient boosting of trees on the log-loss.
///
///     s₀ = log-odds of the base rate
///     each round: g, h at the log-odds s so far → a tree on a bag of rows → s += its leaf values
///
/// With validation rows the trees up to the best validated log-loss are kept, never by AUC: ranking
/// can still improve while probabilities get worse. The model is a function of rows, settings and
/// seed alone: threads never change a byte.
///
/// Source: Friedman 2001, https://doi.org/10.1214/aos/1013203451; leaf values and gains by Chen &
/// Guestrin 2016, https://arxiv.org/abs/1603.02754
package struct GradientBoosting: Sendable {
  /// What decides the trees.
  package var settings: BoostingSettings

  /// Decides bags, columns and the order of target statistics.
  package var seed: UInt64

  /// Length of the label's window in the unit of the times, for target statistics.
  package var embargo: Int32

  package init(settings: BoostingSettings, seed: UInt64, embargo: Int32 = 0) {
    settings.check()
    self.settings = settings
    self.seed = seed
    self.embargo = embargo
  }

  /// A model and how its size was found.
  package struct Fit: Sendable {
    /// Of the best round when there were validation rows, else of all rounds.
    package var model: BoostedTrees
    /// Mean log-loss of the validation rows with no tree, one, two …; empty without such rows.
    package var validatedLogLoss: [Double]
    /// All trees grown, those behind the best round as well.
    package var trees: [Tree]
  }

  /// Trees in a row without a split after which no more are tried.
  private static let fruitlessRounds = 10

  /// Learns from some rows.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one, fewer than 2²⁴ with the validation rows.
  ///   - validation: Rows that choose the round, none of `rows`; empty: all rounds are kept.
  /// - Returns: The model; no row besides those given was read.
  package func fit(
    _ dataset: Dataset, rows: [Int], validation: [Int] = []
  ) -> Fit {
    precondition(!rows.isEmpty, "Learning: no rows to learn from")
    let features = FittedFeatures(
      dataset, rows: rows, settings: settings, embargo: embargo, seed: seed)
    let mappers = mappers(of: features, rows: rows)
    let table = BinnedTable(features: features.columns, mappers: mappers, rows: rows + validation)
    let labels = dataset.knownLabels
    let trainingLabels = rows.map { Float(labels[$0]) }
    let positives = rows.reduce(0) { $0 + labels[$1] }
    let base = Logistic.baseLogOdds(positives: positives, count: Double(rows.count))
    var model = BoostedTrees(encoder: features.encoder, baseLogOdds: base, trees: [])

    let validationLabels = validation.map { labels[$0] }
    var logOdds = [Double](repeating: base, count: table.rowCount)
    var stopping = EarlyStopping(patience: settings.patience)
    if !validation.isEmpty {
      stopping.add(Self.logLoss(logOdds, from: rows.count, validationLabels))
    }
    let grower = TreeGrower(
      table: table, settings: settings, directions: directions(dataset, features.encoder))
    let bagging = Bagging(settings: settings, groups: dataset.groups, rows: rows, seed: seed)
    var gradients = LossGradients(rowCount: rows.count)
    var fruitless = 0
    for round in 0..<settings.rounds {
      gradients.update(logOdds: logOdds, labels: trainingLabels)
      bagging.draw(round: round, bag: grower.bag, others: grower.others)
      grower.others.append(rows.count..<table.rowCount)
      let columns = ColumnSampling(
        featureCount: mappers.count, settings: settings,
        seed: SplitMix64.mix(seed &+ UInt64(round) &* 0x9E37_79B9_7F4A_7C15))
      let nodes = grower.grow(words: gradients.words, columns: columns)
      let values = LeafFitting(settings: settings).values(
        nodes, bag: grower.bag, gradients: gradients.gradients)
      fruitless = nodes.count == 1 ? fruitless + 1 : 0
      guard fruitless < Self.fruitlessRounds else { break }
      let leaves = nodes.indices.filter { nodes[$0].leftChild == nil }
      let leafValues = leaves.map { values[$0] }
      grower.bag.add(leafValues, ranges: leaves.map { nodes[$0].range }, to: &logOdds)
      grower.others.add(leafValues, ranges: leaves.map { nodes[$0].otherRange }, to: &logOdds)
      model.trees.append(Tree(nodes, values: values, mappers: mappers))
      guard !validation.isEmpty else { continue }
      stopping.add(Self.logLoss(logOdds, from: rows.count, validationLabels))
      if stopping.isOver { break }
    }
    let trees = model.trees
    if !validation.isEmpty { model.trees.removeLast(trees.count - stopping.bestRound) }
    return Fit(model: model, validatedLogLoss: stopping.losses, trees: trees)
  }

  private func mappers(of features: FittedFeatures, rows: [Int]) -> [BinMapper] {
    concurrentMap(count: features.columns.count) { feature in
      switch features.encoder.features[feature].source {
      case .level(let levels): .categorical(levelCount: levels.count)
      case .number, .numberOfLevel:
        .numeric(
          ends: BinBoundaries.find(
            count: rows.count, maximumBins: settings.maximumBins, seed: seed
          ) { features.columns[feature].value(rows[$0]) })
      }
    }
  }

  private func directions(_ dataset: Dataset, _ encoder: FeatureEncoder) -> [Int] {
    encoder.features.map { feature in
      feature.source == .number
        ? settings.monotone[dataset.columnNames[feature.rawColumn]] ?? 0 : 0
    }
  }

  private static func logLoss(_ logOdds: [Double], from start: Int, _ labels: [Double]) -> Double {
    var sum = 0.0
    for (index, label) in labels.enumerated() {
      sum += Logistic.loss(logOdds: logOdds[start + index], label: label)
    }
    return sum / Double(labels.count)
  }
}
