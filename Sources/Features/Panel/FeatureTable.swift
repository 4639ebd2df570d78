package import History

/// Rows = subscription × landmark, columns = features in catalog order, NaN = unknown.
package struct FeatureTable: Sendable {
  /// What a row is about.
  package struct Row: Sendable, Hashable {
    package let subscriptionId: GUID
    /// Number of the customer: equal for rows of one customer, in the order of the history.
    package let customer: Int32
    package let landmark: CalendarDay
    /// False when the landmark lies before the source's first export: dated facts only.
    package let isObserved: Bool
  }

  package private(set) var rows: [Row] = []
  /// One array of `rows.count` values for each of `FeatureCatalog.numeric`.
  package private(set) var numeric: [[Double]]
  /// One array of `rows.count` levels for each of `FeatureCatalog.categorical`; nil = unknown.
  package private(set) var categorical: [[String?]]
  /// 1 churned within the horizon, 0 did not, NaN not labelled (scoring).
  package private(set) var labels: [Double] = []

  package init() {
    numeric = Array(repeating: [], count: FeatureCatalog.numeric.count)
    categorical = Array(repeating: [], count: FeatureCatalog.categorical.count)
  }

  package var count: Int { rows.count }

  /// Adds the features of one subscription on the landmark of `customer`.
  package mutating func append(
    _ subscription: SubscriptionSnapshot, in customer: CustomerSnapshot, number: Int32,
    label: Double = .nan
  ) {
    rows.append(
      Row(
        subscriptionId: subscription.id, customer: number, landmark: customer.context.asOf,
        isObserved: subscription.isObserved))
    labels.append(label)
    for (column, feature) in FeatureCatalog.numeric.enumerated() {
      numeric[column].append(feature.value(of: subscription, in: customer))
    }
    for (column, feature) in FeatureCatalog.categorical.enumerated() {
      categorical[column].append(feature.level(of: subscription, in: customer))
    }
  }

  /// Adds the rows of another table behind these.
  package mutating func append(_ other: FeatureTable) {
    rows += other.rows
    labels += other.labels
    for column in numeric.indices { numeric[column] += other.numeric[column] }
    for column in categorical.indices { categorical[column] += other.categorical[column] }
  }
}
