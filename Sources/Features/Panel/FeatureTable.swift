internal import ForkJoin
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
  /// `rows.count` levels for each of `FeatureCatalog.categorical`.
  package private(set) var categorical: [LevelColumn]
  /// 1 churned within the horizon, 0 did not, NaN not labelled (scoring).
  package private(set) var labels: [Double] = []
  /// What was seen of each row after its landmark.
  package private(set) var followUps: [FollowUp] = []

  package init() {
    numeric = Array(repeating: [], count: FeatureCatalog.numeric.count)
    categorical = Array(repeating: LevelColumn(), count: FeatureCatalog.categorical.count)
  }

  package var count: Int { rows.count }

  /// What a row is made from.
  package struct Subject: Sendable {
    let subscription: SubscriptionSnapshot
    let customer: CustomerSnapshot
    let number: Int32
    let label: Double
    let followUp: FollowUp

    /// - Parameters:
    ///   - subscription: one of the customer's, on its landmark.
    ///   - customer: all of them.
    ///   - number: of the customer.
    ///   - label: 1, 0, or NaN when it is not known.
    ///   - followUp: what was seen after the landmark.
    package init(
      _ subscription: KnownSubscription, in customer: CustomerSnapshot, number: Int32,
      label: Double = .nan, followUp: FollowUp = .none
    ) {
      self.subscription = customer.snapshot(of: subscription)
      self.customer = customer
      self.number = number
      self.label = label
      self.followUp = followUp
    }
  }

  /// Adds the features of subjects, feature by feature.
  package mutating func append(_ subjects: [Subject]) {
    for subject in subjects {
      rows.append(
        Row(
          subscriptionId: subject.subscription.id, customer: subject.number,
          landmark: subject.customer.context.asOf, isObserved: subject.subscription.isObserved))
      labels.append(subject.label)
      followUps.append(subject.followUp)
    }
    for (column, feature) in FeatureCatalog.numeric.enumerated() {
      feature.append(valuesOf: subjects, to: &numeric[column])
    }
    for (column, feature) in FeatureCatalog.categorical.enumerated() {
      feature.append(levelsOf: subjects, to: &categorical[column])
    }
  }

  /// Makes room for rows, so that no column moves while it grows.
  ///
  /// Room that is not used takes addresses and no memory.
  package mutating func reserveCapacity(_ count: Int) {
    rows.reserveCapacity(count)
    labels.reserveCapacity(count)
    followUps.reserveCapacity(count)
    for column in numeric.indices { numeric[column].reserveCapacity(count) }
    for column in categorical.indices { categorical[column].reserveCapacity(count) }
  }

  /// Adds the rows of other tables behind these, in their order, some columns on each thread.
  package mutating func append(_ others: [FeatureTable]) {
    for other in others {
      rows += other.rows
      labels += other.labels
      followUps += other.followUps
    }
    withConcurrentChunks(of: &numeric, stride: 1) { column, columns in
      for other in others { columns[0] += other.numeric[column] }
    }
    withConcurrentChunks(of: &categorical, stride: 1) { column, columns in
      for other in others { columns[0].append(other.categorical[column]) }
    }
  }
}
