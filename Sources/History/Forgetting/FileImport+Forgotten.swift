// What was erased does not come back: a row that speaks of it is ignored and counted.
//
//   subscriptions   the loader asks for each row
//   usage           `UsageLines` asks once for each (subscription, tenant) of a file's coders
//   anything else   its rows are looked through before the import is committed
//
// The last one is there for every table with an id of a customer, also those whose loaders do not ask.

extension FileImport {
  /// Whether a row speaks of somebody who was erased.
  ///
  /// - Parameters:
  ///   - subscription: of the row; nil where it names none.
  ///   - tenant: as written; empty where the row names none.
  /// - Returns: true for a row that must not be stored.
  func isForgotten(_ subscription: GUID?, tenant: Span<UInt8>) -> Bool {
    transaction.forgotten.contains(subscription, tenant: tenant)
  }

  /// Counts a row that was ignored because of what was erased.
  func ignoreForgotten(_ count: Int = 1) {
    ignore(count, because: nil)
    rowsForgotten += count
  }

  /// Deletes the rows of this import that speak of somebody who was erased.
  func dropForgotten() throws(HistoryError) {
    let transaction = transaction
    guard !transaction.forgotten.isEmpty else { return }
    let store = transaction.store
    for column in try PersonalColumn.all(in: store.connection)
    where HistoryStore.tablesOfAnImport.contains(column.table)
      && !SettledUsage.tables.contains(column.table)
    {
      for value in try values(of: column) where value.isForgotten {
        let deletion = try store.statement(
          "DELETE FROM \"\(column.table)\" WHERE import = ? AND \"\(column.column)\" = ?"
            + column.restriction)
        deletion.bind(transaction.importId, at: 1)
        value.bind(deletion)
        try deletion.run()
        moveToForgotten(store.connection.changes)
      }
    }
  }

  /// A value of a column, to be bound again.
  private struct Value {
    var isForgotten: Bool
    var bind: (Statement) -> Void
  }

  /// The different values of a column in the rows of this import.
  private func values(of column: PersonalColumn) throws(HistoryError) -> [Value] {
    let name = "\"\(column.column)\""
    let other =
      switch (column.subject, column.form) {
      case (.subscription, .rowId): "(SELECT guid FROM subscription WHERE id = \(name))"
      case (.tenant, .rowId), (.name, .rowId): "(SELECT value FROM text WHERE id = \(name))"
      default: name
      }
    let query = try transaction.store.statement(
      """
      SELECT DISTINCT \(name), \(other) FROM "\(column.table)"
      WHERE import = ? AND \(name) IS NOT NULL\(column.restriction)
      """)
    query.bind(transaction.importId, at: 1)
    var found: [Value] = []
    while try query.step() {
      let text = column.subject == .tenant ? Array(query.text(1).utf8) : []
      let none: [UInt8] = []
      let isForgotten =
        switch column.subject {
        case .name: transaction.forgotten.contains(name: query.text(1))
        case .tenant: isForgotten(nil, tenant: text.span)
        case .subscription:
          isForgotten(
            column.form == .text ? GUID(query.text(1)) : query.optionalGUID(1), tenant: none.span)
        }
      switch column.form {
      case .rowId:
        let id = query.integer(0)
        found.append(Value(isForgotten: isForgotten) { $0.bind(id, at: 2) })
      case .text:
        let text = query.text(0)
        found.append(Value(isForgotten: isForgotten) { $0.bind(text, at: 2) })
      case .blob:
        let bytes = query.withBytes(0) { bytes in bytes.indices.map { bytes[$0] } }
        found.append(Value(isForgotten: isForgotten) { $0.bind(bytes: bytes.span, at: 2) })
      }
    }
    return found
  }
}
