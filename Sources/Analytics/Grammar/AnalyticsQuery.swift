package import History

/// A query as it is written, on the command line or in an address.
package struct QueryRequest: Sendable, Hashable {
  package var filter: String?
  package var groupBy: String?
  package var aggregationLevel: String?
  package var orderBy: String?
  package var top: Int?
  package var skip: Int?
  package var asOf: CalendarDay?

  /// Asks for everything.
  package init() {}
}

/// What rows come first.
package struct Ordering: Sendable, Hashable {
  /// Position among the columns of the answer, which are those that its reader may see.
  package var column: Int
  package var isDescending: Bool
}

/// A query that a resource can answer.
package struct AnalyticsQuery: Sendable, Hashable {
  /// Most rows of an answer, and how many it has unless told otherwise; as Partner Center has it.
  package static let pageLimit = 10_000
  /// The longest filter, in Unicode scalars.
  package static let longestFilter = FilterParser.longest
  /// The longest list of fields to group or order by, in Unicode scalars.
  package static let longestList = FieldList.longest

  /// nil: every row.
  package var filter: Condition?
  /// Positions of fields; empty: rows as they are.
  package var groupBy: [Int] = []
  package var level = AggregationLevel.day
  package var orderBy: [Ordering] = []
  package var top = Self.pageLimit
  package var skip = 0
  /// nil: everything that is in the history.
  package var asOf: CalendarDay?
  /// Who asks; the source that answers has the same.
  package let scope: AnalyticsScope

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - request: what was asked.
  ///   - resource: whose fields it speaks of.
  ///   - scope: what the reader may see.
  /// - Throws: `QueryError`: which parameter, where in it, what was expected; forbidden where it asks for
  ///   what the scope hides.
  package init(
    _ request: QueryRequest, of resource: some AnalyticsResource,
    scope: AnalyticsScope = .everything
  ) throws(QueryError) {
    self.scope = scope
    try resource.admit(scope)
    if let text = request.filter {
      filter = try FilterParser.parse(
        text, fields: resource.fields, of: resource.name, for: scope)
    }
    if let text = request.groupBy { groupBy = try Self.groups(text, resource, scope) }
    try readLevel(request.aggregationLevel, resource)
    if let text = request.orderBy {
      orderBy = try Self.orderings(text, groupedBy: groupBy, resource, scope)
    }
    top = request.top ?? Self.pageLimit
    guard (1...Self.pageLimit).contains(top) else {
      throw QueryError(.top, "\(top) is out of range. Expected 1 to \(Self.pageLimit).")
    }
    skip = request.skip ?? 0
    guard skip >= 0 else { throw QueryError(.skip, "\(skip) is out of range. Expected 0 or more.") }
    asOf = request.asOf
  }

  private static func groups(
    _ text: String, _ resource: some AnalyticsResource, _ scope: AnalyticsScope
  ) throws(QueryError) -> [Int] {
    let list = try FieldList(text, .groupBy)
    let shown = resource.fields.filter(scope.shows)
    var groups: [Int] = []
    for item in list.items {
      func wrong(_ message: String, at word: Int = 0) -> QueryError {
        QueryError(.groupBy, message, in: list.source, at: item.words[word].offset)
      }
      guard item.words.count == 1 else {
        throw wrong("Expected ',' between two fields.", at: 1)
      }
      let word = item.words[0].text
      guard let index = resource.fields.firstIndex(where: { $0.isNamed(word) }) else {
        throw wrong(AnalyticsField.unknown(word, among: shown, of: resource.name))
      }
      if let message = resource.fields[index].refusal(to: scope) { throw wrong(message).forbidden }
      let name = resource.fields[index].name
      guard resource.fields[index].isGroupable else {
        let names = shown.filter(\.isGroupable).map(\.name).joined(separator: ", ")
        throw wrong("Nothing is grouped by \(name). Expected one of: \(names).")
      }
      guard !groups.contains(index) else { throw wrong("'\(name)' is there twice.") }
      groups.append(index)
    }
    return groups
  }

  private mutating func readLevel(
    _ text: String?, _ resource: some AnalyticsResource
  ) throws(QueryError) {
    level = resource.defaultLevel
    guard let text else { return }
    let levels = AggregationLevel.allCases.map(\.rawValue)
    guard
      let found = AggregationLevel.allCases.first(where: {
        $0.rawValue.lowercased() == text.lowercased()
      })
    else {
      throw QueryError(
        .aggregationLevel,
        "'\(Token.short(text))' is no level. Expected \(FilterParser.list(levels)).")
    }
    guard groupBy.contains(where: { resource.fields[$0].type.isDate }) else {
      let example = resource.fields.first { $0.isGroupable && $0.type.isDate }?.name ?? ""
      throw QueryError(
        .aggregationLevel,
        "There is no date to put together. Expected a date among the fields to group by, such as \(example)."
      )
    }
    level = found
  }

  private static func orderings(
    _ text: String, groupedBy groups: [Int], _ resource: some AnalyticsResource,
    _ scope: AnalyticsScope
  ) throws(QueryError) -> [Ordering] {
    let columns = resource.columns(groupedBy: groups, in: scope)
    let everything = resource.columns(groupedBy: groups, in: .everything) + resource.fields
    let list = try FieldList(text, .orderBy)
    var orderings: [Ordering] = []
    for item in list.items {
      func wrong(_ message: String, at word: Int = 0) -> QueryError {
        QueryError(.orderBy, message, in: list.source, at: item.words[word].offset)
      }
      let word = item.words[0].text
      guard let index = columns.firstIndex(where: { $0.isNamed(word) }) else {
        let hidden = everything.first { $0.isNamed(word) }
        if let message = hidden?.refusal(to: scope) { throw wrong(message).forbidden }
        guard !groups.isEmpty, let field = resource.fields.first(where: { $0.isNamed(word) }) else {
          throw wrong(AnalyticsField.unknown(word, among: columns, of: resource.name))
        }
        throw wrong(
          "\(field.name) is not in the grouped answer. Expected one of: "
            + columns.map(\.name).joined(separator: ", ") + ".")
      }
      guard item.words.count <= 2 else { throw wrong("Expected ',' between two fields.", at: 2) }
      var isDescending = false
      if item.words.count == 2 {
        let direction = item.words[1].text
        guard ["asc", "desc"].contains(direction.lowercased()) else {
          throw wrong("Expected asc or desc; found '\(Token.short(direction))'.", at: 1)
        }
        isDescending = direction.lowercased() == "desc"
      }
      orderings.append(Ordering(column: index, isDescending: isDescending))
    }
    return orderings
  }
}
