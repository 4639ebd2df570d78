/// How raw columns become the features that trees split on; fitted on training rows, by name.
///
///     numeric                       itself
///     categorical, few levels       its level
///     categorical, many levels      its target statistic, and without times ln(1 + rows of the level)
///
/// A column that at most times is unknown of everyone is left out: it would tell the time.
package struct FeatureEncoder: Sendable, Equatable, Codable {
  /// One feature.
  package struct Feature: Sendable, Equatable, Codable {
    /// Number of the raw column it is made of, to which its contribution goes.
    package var rawColumn: Int
    /// What is read.
    package var source: Source

    package init(rawColumn: Int, source: Source) {
      self.rawColumn = rawColumn
      self.source = source
    }
  }

  /// What a feature reads from its raw column.
  package enum Source: Sendable, Equatable, Codable {
    /// The number.
    case number
    /// The level: bin 1 + its place in the list.
    case level(levels: [String])
    /// A number per level, and one for the unknown and one for levels that training did not show.
    case numberOfLevel(levels: [String], numbers: [Double], unknown: Double, unseen: Double)
  }

  /// Of the dataset that was learned from.
  package var columnNames: [String]

  /// In order of raw columns.
  package var features: [Feature]

  package init(columnNames: [String], features: [Feature]) {
    self.columnNames = columnNames
    self.features = features
  }

  /// The features of any dataset with columns of these names and kinds, in this order.
  func columns(_ dataset: Dataset) -> [FeatureColumn] {
    precondition(
      dataset.columnNames == columnNames,
      "Learning: the columns are not those that were learned from")
    return features.map { feature in
      let name = columnNames[feature.rawColumn]
      switch (feature.source, dataset.columns[feature.rawColumn]) {
      case (.number, .numeric(let values)): return .numbers(values)
      case (.level(let known), .categorical(let codes, let levels)):
        let place = Dictionary(
          uniqueKeysWithValues: known.enumerated().map { ($1, UInt8($0 + 1)) })
        return .level(codes: codes, table: [0] + levels.map { place[$0] ?? 0 })
      case (
        .numberOfLevel(let known, let numbers, let unknown, let unseen),
        .categorical(let codes, let levels)
      ):
        let number = Dictionary(uniqueKeysWithValues: zip(known, numbers))
        return .numberOfLevel(
          codes: codes, table: [unknown] + levels.map { number[$0] ?? unseen })
      default:
        preconditionFailure("Learning: column '\(name)' is not of the kind that was learned")
      }
    }
  }
}

/// What a fit on training rows yields: the encoder, and the features as training sees them.
struct FittedFeatures: Sendable {
  let encoder: FeatureEncoder

  /// Indexed by rows of the dataset; target statistics of training rows are over the rows before.
  let columns: [FeatureColumn]

  /// Learns levels and target statistics from training rows.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one.
  ///   - settings: Which columns become target statistics, and how.
  ///   - embargo: See `TargetStatistics`.
  ///   - seed: Of the random order of target statistics.
  init(_ dataset: Dataset, rows: [Int], settings: BoostingSettings, embargo: Int32, seed: UInt64) {
    var features: [FeatureEncoder.Feature] = []
    /// Features that training must not see as scoring does.
    var ofTraining: [(feature: Int, rowValues: [Double])] = []
    let times = CrowdedTimes(
      dataset, rows: rows, fewestRows: PreparationOptions.standard.minimumLevelRows)
    for (number, column) in dataset.columns.enumerated() {
      if let times, times.areTold(by: column, rows: rows) { continue }
      guard case .categorical(let codes, let levels) = column else {
        features.append(FeatureEncoder.Feature(rawColumn: number, source: .number))
        continue
      }
      var isSeen = [Bool](repeating: false, count: levels.count + 1)
      for row in rows { isSeen[Int(codes[row]) + 1] = true }
      let seen = levels.indices.filter { isSeen[$0 + 1] }
      let names = seen.map { levels[$0] }
      guard seen.count > settings.maximumLevels else {
        features.append(FeatureEncoder.Feature(rawColumn: number, source: .level(levels: names)))
        continue
      }
      let statistics = TargetStatistics(
        codes: codes, levelCount: levels.count, labels: dataset.knownLabels, rows: rows,
        times: dataset.times, groups: dataset.groups, embargo: embargo, prior: settings.targetPrior,
        seed: SplitMix64.mix(seed &+ UInt64(number)))
      let base = rows.reduce(0) { $0 + dataset.knownLabels[$1] } / Double(rows.count)
      ofTraining.append((features.count, statistics.ofRow))
      var kinds = [(statistics.ofLevel, base)]
      // In time the rows of a level tell for how long it stays: a count of all of them knows the future.
      if dataset.times == nil { kinds.append((statistics.logCountOfLevel, 0)) }
      for (numbers, unseen) in kinds {
        features.append(
          FeatureEncoder.Feature(
            rawColumn: number,
            source: .numberOfLevel(
              levels: names, numbers: seen.map { numbers[$0 + 1] }, unknown: numbers[0],
              unseen: unseen)))
      }
    }
    encoder = FeatureEncoder(columnNames: dataset.columnNames, features: features)
    var columns = encoder.columns(dataset)
    for (feature, rowValues) in ofTraining {
      var values = (0..<dataset.rowCount).map { columns[feature].value($0) }
      for (row, value) in zip(rows, rowValues) { values[row] = value }
      columns[feature] = .numbers(values)
    }
    self.columns = columns
  }
}
