/// Features that belong together when a person reads why a subscription is at risk.
package enum FeatureFamily: String, Sendable, Hashable, CaseIterable {
  case usageRecency, usageTrend, renewal, trial, licences, customer, partnerMarket
}

/// What a feature column is, for people and for the generated reference.
package struct FeatureDescription: Sendable, Hashable {
  /// The column's name; unique, stable: models refer to it.
  package let name: String
  package let family: FeatureFamily
  /// What one unit of the value is: days, count, share, log ratio, yes/no, level.
  package let unit: String
  package let meaning: String
  /// What an unknown value (NaN) stands for.
  package let missing: String
  /// The fields of Partner Center it is made from.
  package let source: String

  /// The unit of trends: the logarithm of now over before, below 0 for a decline.
  package static let trendUnit = "log ratio"

  init(
    _ name: String, _ family: FeatureFamily, unit: String, meaning: String, missing: String,
    source: String
  ) {
    self.name = name
    self.family = family
    self.unit = unit
    self.meaning = meaning
    self.missing = missing
    self.source = source
  }
}

/// A number about one subscription on one day.
///
/// A feature sees a snapshot and nothing else, so it cannot know what happened later, and it never
/// needs another customer's rows. To add one: one file here and one line in `FeatureCatalog`.
package protocol Feature: Sendable {
  var description: FeatureDescription { get }
  /// The value, or NaN when it is unknown; never infinite.
  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double
  /// Adds the values of many subscriptions, in their order, to a column; nobody needs to write this.
  func append(valuesOf subjects: [FeatureTable.Subject], to column: inout [Double])
}

extension Feature {
  /// Asks for one value after the other, of subjects that are looked at where they are.
  ///
  /// Each feature gets a loop of its own, in which it is called directly.
  package func append(valuesOf subjects: [FeatureTable.Subject], to column: inout [Double]) {
    column.append(addingCapacity: subjects.count) { values in
      let subjects = subjects.span
      for index in subjects.indices {
        values.append(value(of: subjects[index].subscription, in: subjects[index].customer))
      }
    }
  }
}

/// A level about one subscription on one day: a market, a product.
///
/// It follows from these facts alone, so that one answer serves all days on which they are the newest.
package protocol CategoricalFeature: Sendable {
  var description: FeatureDescription { get }
  /// The level, or nil when it is unknown.
  func level(of facts: StateFacts) -> String?
  /// Adds the levels of many subscriptions, in their order, to a column; nobody needs to write this.
  func append(levelsOf subjects: [FeatureTable.Subject], to column: inout LevelColumn)
}

extension CategoricalFeature {
  /// As `Feature.append(valuesOf:to:)`.
  package func append(levelsOf subjects: [FeatureTable.Subject], to column: inout LevelColumn) {
    let subjects = subjects.span
    var known = LevelColumn.RecentCodes()
    for index in subjects.indices {
      let facts = subjects[index].subscription.facts
      column.append(
        code: known.code(of: facts) { facts in column.code(of: level(of: facts)) })
    }
  }
}

/// The windows, in days up to `dataThrough`, over which usage is counted.
let usageWindows = [7, 14, 28, 56, 91, 182]

extension Bool {
  /// 1 for yes, 0 for no.
  var number: Double { self ? 1 : 0 }
}

extension Optional where Wrapped == Int {
  /// The number, or NaN for unknown.
  var orUnknown: Double { map(Double.init) ?? .nan }
}
