internal import Features
internal import History
internal import Learning

/// The bridge from features (subscriptions, days) to learning (numbers only).
enum FeatureDataset {
  /// Below this many distinct churned customers the learner sees the short list of features.
  static let churnersForAllFeatures = 300

  /// One column of each kind, at most thirty in all: with few churners every further window of the
  /// same usage is a chance to fit noise.
  static let shortList: [String] = [
    "daysSinceLastUsage", "neverUsed", "usualGapDays", "longestGapDays", "activeDays28",
    "activeDays91", "usageQuantity28", "usageQuantity91", "activeDaysTrend28", "activeDaysTrend91",
    "usageQuantityTrend28", "usageQuantityTrend91", "distinctMeters28", "tenureDays", "autoRenew",
    "autoRenewSwitchedOff", "daysToCommitmentEnd", "daysSinceRenewal", "pastSuspensions",
    "inTrial", "daysToTrialEnd", "trialConverted", "licenseCount", "siblingCount",
    "otherProductCount", "siblingsLost91", "daysSinceSiblingLoss", "customerMarket", "productName",
    "partnerId",
  ]

  /// The names that a learner gets of a table to learn from, in catalog order.
  static func featureNames(churnedCustomers: Int, of table: FeatureTable) -> [String] {
    let unknown = tellingTheDayOnly(table)
    let all = FeatureCatalog.descriptions.map(\.name).filter { !unknown.contains($0) }
    guard churnedCustomers < churnersForAllFeatures else { return all }
    let short = Set(shortList)
    return all.filter(short.contains)
  }

  /// The features that on most days are unknown of everyone, and known on others.
  ///
  /// A window of 56 days in a history of 60: whether it is known says which day it is and nothing about
  /// a subscription, so a weight for that would be one for the day, and scoring meets a later one.
  static func tellingTheDayOnly(_ table: FeatureTable) -> Set<String> {
    var rowsOfDay: [CalendarDay: Int] = [:]
    for row in table.rows { rowsOfDay[row.landmark, default: 0] += 1 }
    var names: Set<String> = []
    for (feature, column) in zip(FeatureCatalog.numeric, table.numeric) {
      var known: Set<CalendarDay> = []
      for (row, value) in zip(table.rows, column) where !value.isNaN { known.insert(row.landmark) }
      let knownRows = known.reduce(0) { $0 + (rowsOfDay[$1] ?? 0) }
      if knownRows > 0, knownRows * 2 < table.count { names.insert(feature.description.name) }
    }
    return names
  }

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
