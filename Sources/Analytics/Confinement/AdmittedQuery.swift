/// A query and the source it is asked of, once the reader may ask it.
///
/// Only `AnalyticsResource.answer` makes one, so that no resource answers without having looked.
package struct AdmittedQuery {
  let query: AnalyticsQuery
  let source: AnalyticsSource

  /// What the reader may see.
  var scope: AnalyticsScope { source.scope }

  /// - Precondition: the query was read for the reader whose source it is.
  /// - Throws: `QueryError` that is forbidden when it asks for what the scope hides.
  fileprivate init(
    _ query: AnalyticsQuery, _ source: AnalyticsSource, _ resource: some AnalyticsResource
  ) throws(QueryError) {
    precondition(
      query.scope == source.scope, "a query that was read for one reader is asked for another")
    try resource.admit(source.scope)
    for field in query.groupBy {
      try resource.admit(field, .groupBy, source.scope)
    }
    for field in query.filter?.fields.sorted() ?? [] {
      try resource.admit(field, .filter, source.scope)
    }
    self.query = query
    self.source = source
  }
}

extension AnalyticsResource {
  /// Answers a query of this resource, within what the source's scope shows.
  ///
  /// - Parameters:
  ///   - query: read for the scope of the source.
  ///   - source: has what `needs` says.
  /// - Returns: rows of the scope's subscriptions, with the columns that it shows.
  /// - Throws: `QueryError` that is forbidden when the scope does not let it be asked, and one of skip or
  ///   groupBy above the limits of the source; what reading the source throws.
  package func answer(
    _ query: AnalyticsQuery, from source: AnalyticsSource
  ) throws -> AnalyticsAnswer {
    var answer = try evaluate(AdmittedQuery(query, source, self))
    precondition(
      answer.columns.allSatisfy(source.scope.shows), "\(name) answers with a field that is hidden")
    answer.isRedacted =
      !columns(groupedBy: query.groupBy, in: .everything).allSatisfy(source.scope.shows)
    return answer
  }

  /// - Throws: `QueryError` that is forbidden when the resource tells of more than the scope.
  func admit(_ scope: AnalyticsScope) throws(QueryError) {
    guard isAboutPartner, scope.subscriptions != nil else { return }
    throw QueryError(
      forbidden: name,
      "\(name) tells of the partner as a whole, and this reader may see some subscriptions only. "
        + "Expected a resource of subscriptions: "
        + FilterParser.list(analyticsResources.filter { !$0.isAboutPartner }.map { $0.name }) + ".")
  }

  /// - Throws: `QueryError` that is forbidden when the scope hides a field.
  func admit(
    _ field: Int, _ parameter: QueryParameter, _ scope: AnalyticsScope
  ) throws(QueryError) {
    guard let message = fields[field].refusal(to: scope) else { return }
    throw QueryError(parameter, message).forbidden
  }
}
