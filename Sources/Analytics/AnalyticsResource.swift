package import History
package import Reporting

/// Where the answers come from.
package struct AnalyticsSource {
  /// The history; nil where the resource does not need it.
  package var history: HistoryStore?
  /// The scores; nil where the resource does not need them.
  package var scores: AtRiskDocument?
  /// Days that usage takes to be reported, for lines that no dated export has shown.
  package var lagDays: Int

  /// A source that has what `AnalyticsResource.needs` says.
  package init(history: HistoryStore? = nil, scores: AtRiskDocument? = nil, lagDays: Int = 0) {
    self.history = history
    self.scores = scores
    self.lagDays = lagDays
  }
}

/// What a resource is read from.
package enum AnalyticsNeed: Sendable, Hashable {
  /// The history.
  case history
  /// The history; as of a day also the lag of usage.
  case usage
  /// The scores.
  case scores
}

/// A resource of the Analytics API: one file in `Resources`, one line in `analyticsResources`.
package protocol AnalyticsResource: Sendable {
  /// The word for it on the command line.
  var name: String { get }
  /// Its address below `/partner/v1/analytics/`.
  var path: String { get }
  /// One sentence.
  var abstract: String { get }
  var needs: AnalyticsNeed { get }
  /// In the order of the answers.
  var fields: [AnalyticsField] { get }
  /// What a grouped answer has beside the fields it is grouped by.
  var measures: [Measure] { get }
  /// How dates are put together unless told otherwise.
  var defaultLevel: AggregationLevel { get }

  /// The columns of an answer; `groupedBy` are positions of fields, empty for rows as they are.
  func columns(groupedBy groups: [Int]) -> [AnalyticsField]

  /// Answers a query of this resource.
  ///
  /// - Throws: what reading the source throws.
  func answer(_ query: AnalyticsQuery, from source: AnalyticsSource) throws -> AnalyticsAnswer
}

extension AnalyticsResource {
  package func columns(groupedBy groups: [Int]) -> [AnalyticsField] {
    groups.isEmpty
      ? fields
      : groups.map { fields[$0] }
        + measures.map { AnalyticsField($0.name, .number, $0.meaning, isGroupable: false) }
  }
}

/// Every resource, in the order of help.
package let analyticsResources: [any AnalyticsResource] = [
  Subscriptions(),
  AzureUsage(),
  IndirectResellers(),
  Searches(),
  Referrals(),
  Risk(),
]

/// A resource whose rows come one after the other, each as values of all its fields.
protocol RowResource: AnalyticsResource {
  /// The fields that order the rows where the query leaves it open, until no two rows differ.
  var key: [Int] { get }

  /// Calls `body` with each row that there was on a day.
  ///
  /// - Parameters:
  ///   - source: has what `needs` says.
  ///   - asOf: nil for everything that is known.
  ///   - body: takes one value for each field.
  /// - Throws: what reading the source and `body` throw.
  func forEachRow(
    of source: AnalyticsSource, asOf: CalendarDay?, _ body: ([FieldValue]) throws -> Void) throws
}

extension RowResource {
  package func answer(
    _ query: AnalyticsQuery, from source: AnalyticsSource
  ) throws -> AnalyticsAnswer {
    let filter = query.filter ?? .always
    guard !query.groupBy.isEmpty else {
      var page = PageCollector(query, key: key)
      try forEachRow(of: source, asOf: query.asOf) { row in
        if filter.holds({ row[$0] }) { page.add(row) }
      }
      return page.answer(columns: fields, query)
    }
    var groups = GroupCollector(query, fields, measures)
    try forEachRow(of: source, asOf: query.asOf) { row in
      if filter.holds({ row[$0] }) { groups.add(row) }
    }
    return groups.answer(columns: columns(groupedBy: query.groupBy), query)
  }

  /// The position of a field by its name; the names are our own.
  func position(of name: String) -> Int {
    guard let index = fields.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(self.name) has no field \(name)")
    }
    return index
  }
}
