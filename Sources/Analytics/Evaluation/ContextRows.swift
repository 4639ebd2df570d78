internal import History

extension RowResource {
  /// Calls `body` with rows of context as the newest export up to a day had them.
  ///
  /// - Parameters:
  ///   - resource: with a table of context, whose columns the fields are named after.
  ///   - source: has the history.
  ///   - asOf: later exports are not looked at.
  ///   - isUnique: whether an export has one row of each.
  ///   - identity: what a row is about, of which the newest export tells; nil leaves it out, as it
  ///     does sums of an aggregated answer.
  ///   - body: takes one value for each field.
  /// - Throws: what reading the history and `body` throw.
  func forEachContextRow(
    _ resource: Resource, of source: AnalyticsSource, asOf: CalendarDay?,
    isUnique: Bool, identity: (ContextRow) -> String?, _ body: ([FieldValue]) throws -> Void
  ) throws {
    guard let history = source.history else { return }
    var newest: [[String]: CalendarDay] = [:]
    // Of each source the newest export comes first.
    for row in try history.contextRows(resource) {
      guard asOf.map({ row.observedOn <= $0 }) ?? true, let identity = identity(row) else {
        continue
      }
      let key = [row.source, identity]
      if let day = newest[key] {
        guard !isUnique, row.observedOn == day else { continue }
      } else {
        newest[key] = row.observedOn
      }
      try body(fields.map { FieldValue(row[$0.name]) })
    }
  }
}

extension FieldValue {
  /// The value of a column of context.
  init(_ value: ContextValue?) {
    switch value {
    case nil: self = .null
    case .text(let text): self = .text(text)
    case .day(let day): self = .day(day)
    case .boolean(let flag): self = .boolean(flag)
    case .count(let count): self = .number(Double(count))
    case .number(let number): self = .number(number)
    }
  }
}
