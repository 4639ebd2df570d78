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
    let values = table.categorical[index]
    let levels = Set(values.compactMap(\.self)).sorted()
    let codes = Dictionary(uniqueKeysWithValues: zip(levels, Int32(0)...))
    return .categorical(codes: values.map { $0.flatMap { codes[$0] } ?? -1 }, levels: levels)
  }
}
