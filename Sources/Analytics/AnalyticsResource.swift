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
  /// What the reader may see of it.
  package let scope: AnalyticsScope
  /// What an answer may hold in memory.
  package let limits: AnalyticsLimits

  /// A source that has what `AnalyticsResource.needs` says.
  package init(
    history: HistoryStore? = nil, scores: AtRiskDocument? = nil, lagDays: Int = 0,
    scope: AnalyticsScope = .everything, limits: AnalyticsLimits = .none
  ) {
    self.history = history
    self.scores = scores
    self.lagDays = lagDays
    self.scope = scope
    self.limits = limits
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

  /// Whether it tells of the partner as a whole, and nothing of it belongs to single subscriptions.
  var isAboutPartner: Bool { get }

  /// The columns of an answer.
  ///
  /// - Parameters:
  ///   - groups: positions of fields; empty for rows as they are.
  ///   - scope: what its reader may see.
  /// - Returns: none that the scope hides.
  func columns(groupedBy groups: [Int], in scope: AnalyticsScope) -> [AnalyticsField]

  /// Answers a query that `answer` has let through; it alone can call this.
  ///
  /// - Returns: the columns of `columns`, and rows of subscriptions of the scope alone.
  /// - Throws: as `answer`.
  func evaluate(_ admitted: AdmittedQuery) throws -> AnalyticsAnswer
}

extension AnalyticsResource {
  package func columns(groupedBy groups: [Int], in scope: AnalyticsScope) -> [AnalyticsField] {
    let all =
      groups.isEmpty ? fields : groups.map { fields[$0] } + measures.map { $0.column(of: fields) }
    return all.filter(scope.shows)
  }

  /// The columns of an answer to a reader who may see everything.
  package func columns(groupedBy groups: [Int]) -> [AnalyticsField] {
    columns(groupedBy: groups, in: .everything)
  }

  /// What a grouped answer has for a reader beside the fields it is grouped by.
  func measures(in scope: AnalyticsScope) -> [Measure] {
    measures.filter { scope.shows($0.column(of: fields)) }
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
  /// The field with the id of the subscription that a row is of; nil where rows tell of the partner as a whole.
  var subscriptionField: Int? { get }

  /// Whether rows come in the order of the key, so that none need be kept to order them.
  func comesInOrder(from source: AnalyticsSource) -> Bool

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
  package var isAboutPartner: Bool { subscriptionField == nil }

  func comesInOrder(from source: AnalyticsSource) -> Bool { false }

  package func evaluate(_ admitted: AdmittedQuery) throws -> AnalyticsAnswer {
    let (query, source, scope) = (admitted.query, admitted.source, admitted.scope)
    let columns = columns(groupedBy: query.groupBy, in: scope)
    guard !query.groupBy.isEmpty else {
      // Without what is hidden from here on, so that no order of rows tells of it either.
      let shown = fields.indices.filter { scope.shows(fields[$0]) }
      let isWhole = shown.count == fields.count
      var page = try PageCollector(
        query, key: key.compactMap { shown.firstIndex(of: $0) },
        comesInOrder: comesInOrder(from: source), source.limits)
      try forEachMatch(of: admitted) { row in
        page.add(isWhole ? row : shown.map { row[$0] })
      }
      return page.answer(columns: columns, query)
    }
    var groups = GroupCollector(query, fields, measures(in: scope), source.limits)
    try forEachMatch(of: admitted) { row in try groups.add(row) }
    return groups.answer(columns: columns, query)
  }

  /// Calls `body` with each row that the reader may see and the filter wants.
  private func forEachMatch(
    of admitted: AdmittedQuery, _ body: ([FieldValue]) throws -> Void
  ) throws {
    let filter = admitted.query.filter ?? .always
    let (scope, place) = (admitted.scope, subscriptionField)
    let limits = admitted.source.limits
    var count = 0
    try forEachRow(of: admitted.source, asOf: admitted.query.asOf) { row in
      count += 1
      if count.isMultiple(of: 256) { try limits.checkTime() }
      if scope.subscriptions != nil {
        guard let place, case .text(let id) = row[place], GUID(id).map(scope.includes) ?? false
        else { return }
      }
      if filter.holds({ row[$0] }) { try body(row) }
    }
  }

  /// The position of a field by its name; the names are our own.
  func position(of name: String) -> Int {
    guard let index = fields.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(self.name) has no field \(name)")
    }
    return index
  }
}
