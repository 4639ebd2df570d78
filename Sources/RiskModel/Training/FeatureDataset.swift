internal import Features
internal import History
internal import Learning

/// The bridge from features (subscriptions, days) to learning (numbers only).
enum FeatureDataset {
  /// The dataset of the named columns, in the order given.
  ///
  /// Groups are customers and times are landmark days; rows without a label make a dataset to score.
  static func make(_ table: FeatureTable, features: [String]) -> Dataset {
    let columns = features.map { name in column(named: name, of: table) }
    let isLabelled = table.labels.allSatisfy { !$0.isNaN } && table.count > 0
    return Dataset(
      columnNames: features, columns: columns, labels: isLabelled ? table.labels : nil,
      groups: table.rows.map(\.customer), times: table.rows.map(\.landmark.daysSinceEpoch),
      rowCount: table.count)
  }

  private static func column(named name: String, of table: FeatureTable) -> Column {
    if let index = FeatureCatalog.numeric.firstIndex(where: { $0.description.name == name }) {
      return .numeric(table.numeric[index])
    }
    guard
      let index = FeatureCatalog.categorical.firstIndex(where: { $0.description.name == name })
    else { preconditionFailure("RiskModel: no feature is called '\(name)'") }
    // The order of levels is that of the texts, so that it does not depend on the order of rows.
    let found = table.categorical[index]
    let order = found.levels.indices.sorted { found.levels[$0] < found.levels[$1] }
    var ranks = Array(repeating: Int32(0), count: order.count)
    for (rank, code) in order.enumerated() { ranks[code] = Int32(rank) }
    return .categorical(
      codes: found.codes.map { $0 < 0 ? $0 : ranks[Int($0)] },
      levels: order.map { found.levels[$0] })
  }
}
