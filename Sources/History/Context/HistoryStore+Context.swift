extension HistoryStore {
  /// The rows of a table of context: source by source, of each the newest import first.
  ///
  /// - Parameters:
  ///   - resource: what the rows are about.
  ///   - columns: that are read; nil for all. Others are nil in every row.
  /// - Returns: in the order of the file within an import; empty when there is no such table.
  /// - Throws: `.unusable` when the store is damaged.
  package func contextRows(
    _ resource: Resource, columns: Set<String>? = nil
  ) throws(HistoryError) -> [ContextRow] {
    guard let table = ContextTable.about(resource) else { return [] }
    let read = table.columns.indices.filter { columns?.contains(table.columns[$0].name) ?? true }
    let names = read.map { ", row.\(table.columns[$0].name)" }.joined()
    let query = try statement(
      """
      SELECT source.name, observedOn\(names)
      FROM \(table.sqlName) AS row JOIN import ON import.id = row.import
        JOIN source ON source.id = import.source
      ORDER BY source.name, observedOn DESC, import.id DESC, position
      """)
    var rows: [ContextRow] = []
    while try query.step() {
      var values = [ContextValue?](repeating: nil, count: table.columns.count)
      for (index, column) in read.enumerated() {
        values[column] = Self.contextValue(query, Int32(index + 2), table.columns[column].kind)
      }
      rows.append(
        ContextRow(
          table: table, source: query.text(0),
          observedOn: CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(1))),
          values: values))
    }
    return rows
  }

  private static func contextValue(
    _ query: Statement, _ column: Int32, _ kind: ContextColumn.Kind
  ) -> ContextValue? {
    guard !query.isNull(column) else { return nil }
    return switch kind {
    case .text, .id, .tenant: .text(query.text(column))
    case .day: .day(CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(column))))
    case .boolean: .boolean(query.integer(column) != 0)
    case .count: .count(Int(query.integer(column)))
    case .number: .number(query.number(column))
    }
  }

  /// Adds a row of context; `values` has one for each column of the table.
  func insert(
    _ values: [ContextValue?], position: Int, into table: ContextTable, importId: Int64
  ) throws(HistoryError) {
    let marks = String(repeating: ", ?", count: values.count)
    let insertion = try statement("INSERT INTO \(table.sqlName) VALUES (?, ?\(marks))")
    insertion.bind(importId, at: 1)
    insertion.bind(Int64(position), at: 2)
    for (index, value) in values.enumerated() {
      let place = Int32(index + 3)
      switch value {
      case nil: insertion.bind(nil as Int64?, at: place)
      case .text(let text): insertion.bind(text, at: place)
      case .day(let day): insertion.bind(Int64(day.daysSinceEpoch), at: place)
      case .boolean(let boolean): insertion.bind(boolean ? 1 : 0, at: place)
      case .count(let count): insertion.bind(Int64(count), at: place)
      case .number(let number): insertion.bind(number: number, at: place)
      }
    }
    try insertion.run()
  }
}
