extension HistoryStore {
  /// Every import, by id.
  package func imports() throws(HistoryError) -> [ImportRow] {
    try importRows(try statement(Self.importsQuery + " ORDER BY import.id"))
  }

  /// The imports of one observation day, by id.
  func imports(observedOn day: CalendarDay) throws(HistoryError) -> [ImportRow] {
    let query = try statement(Self.importsQuery + " WHERE observedOn = ? ORDER BY import.id")
    query.bind(Int64(day.daysSinceEpoch), at: 1)
    return try importRows(query)
  }

  /// Whether usage of a later observation day was imported: what an older export says replaces none.
  func hasUsage(observedAfter day: CalendarDay) throws(HistoryError) -> Bool {
    let query = try statement("SELECT DISTINCT resource FROM import WHERE observedOn > ?")
    query.bind(Int64(day.daysSinceEpoch), at: 1)
    defer { query.reset() }
    while try query.step() {
      if Resource(rawValue: query.text(0))?.hasUsage == true { return true }
    }
    return false
  }

  private static let importsQuery = """
    SELECT import.id, source.name, resource, observedOn, sha256, format, file, dayOrigin,
      rowsAccepted, rowsRejected, rowsIgnored, rowsRepeated, rowsRestated, hasNextLink, totalCount,
      isSourceNamed
    FROM import JOIN source ON source.id = import.source
    """

  private func importRows(_ query: Statement) throws(HistoryError) -> [ImportRow] {
    var rows: [ImportRow] = []
    while try query.step() {
      guard let resource = Resource(rawValue: query.text(2)),
        let origin = DayOrigin(rawValue: query.text(7))
      else { continue }
      rows.append(
        ImportRow(
          id: query.integer(0),
          identity: ImportIdentity(
            source: query.text(1), resource: resource,
            observedOn: CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(3))),
            sha256: query.text(4)),
          isSourceNamed: query.integer(15) != 0, format: query.text(5), file: query.text(6),
          dayOrigin: origin,
          rowsAccepted: Int(query.integer(8)), rowsRejected: Int(query.integer(9)),
          rowsIgnored: Int(query.integer(10)), rowsRepeated: Int(query.integer(11)),
          rowsRestated: Int(query.integer(12)), hasNextLink: query.integer(13) != 0,
          totalCount: query.optionalInteger(14).map(Int.init)))
    }
    return rows
  }

  /// Takes an import back: afterwards the store answers as if the file had never been imported.
  ///
  /// - Returns: what was taken back.
  /// - Throws: `.missing` when there is no such import, `.busy` when another process is writing.
  @discardableResult
  package func remove(importId: Int64) throws(HistoryError) -> ImportRow {
    guard let row = try imports().first(where: { $0.id == importId }) else {
      throw HistoryError(
        .missing, path: path, what: "there is no import \(importId)",
        remedy: "'churn-risk imports' lists them.")
    }
    dropCaches()
    try connection.execute("BEGIN IMMEDIATE")
    do {
      for table in Self.tablesOfAnImport {
        try connection.execute("DELETE FROM \(table) WHERE import = \(importId)")
      }
      try connection.execute("DELETE FROM import WHERE id = \(importId)")
      try connection.execute(Self.sweeping)
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
    try refresh()
    keepDigest()
    return row
  }

  /// The tables whose rows belong to one import.
  static let tablesOfAnImport =
    [
      "import_note", "observation", "usage_day", "usage_meter", "usage_name", "billing", "event",
      "owner_rule", "exclusion", "contact",
    ] + SettledUsage.tables + ContextTable.all.map(\.sqlName)

  /// Removes what nothing speaks of any more.
  static let sweeping = """
    DELETE FROM state WHERE id NOT IN (SELECT state FROM observation);
    DELETE FROM subscription WHERE id NOT IN (SELECT subscription FROM observation)
      AND id NOT IN (SELECT subscription FROM usage)
      AND id NOT IN (SELECT subscription FROM billing);
    DELETE FROM meter WHERE id NOT IN (SELECT meter FROM usage_meter);
    DELETE FROM source WHERE id NOT IN (SELECT source FROM import);
    DELETE FROM text WHERE id NOT IN (
      SELECT tenant FROM usage WHERE tenant IS NOT NULL
      UNION SELECT tenant FROM billing WHERE tenant IS NOT NULL
      UNION SELECT customerName FROM usage_name WHERE customerName IS NOT NULL
      UNION SELECT subscriptionName FROM usage_name WHERE subscriptionName IS NOT NULL
      \(StateRecord.columns[..<StateRecord.textColumnCount].map {
        "UNION SELECT \($0) FROM state WHERE \($0) IS NOT NULL"
      }.joined(separator: " ")));
    """
}
