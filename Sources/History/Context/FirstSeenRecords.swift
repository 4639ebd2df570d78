/// Reads referrals or searches as of the first export that shows them.
///
/// The exports overlap: each repeats most of what the one before it showed. Texts are read of rows that show
/// something for the first time, and only those.
struct FirstSeenRecords {
  /// What tells a row from others of its source.
  private struct Identity: Hashable {
    var day: CalendarDay
    /// The number of its id; -1 without one.
    var id: Int
  }

  let resource: Resource
  /// When it happened; rows without are left out.
  let dayColumn: String
  /// nil = rows of one day are known together.
  let idColumn: String?
  /// The first one that a row has.
  let marketColumns: [String]
  let nameColumn: String?

  /// - Returns: each fact once for each row of the first export that shows it; in any order.
  /// - Throws: `.unusable` when the store is damaged.
  func read(_ store: HistoryStore) throws(HistoryError) -> [MarketRecord] {
    guard let table = ContextTable.about(resource) else { return [] }
    let query = try store.statement(
      """
      SELECT \(dayColumn), \(idColumn ?? "NULL"), \
      coalesce(\(marketColumns.joined(separator: ", ")), NULL), \(nameColumn ?? "NULL") \
      FROM \(table.sqlName) WHERE import = ?
      """)
    defer { query.reset() }
    var records: [MarketRecord] = []
    let imports = store.overview.imports.filter { $0.resource == resource }
    let bySource = Dictionary(grouping: imports, by: \.sourceName)
    for source in bySource.keys.sorted() {
      try read(bySource[source] ?? [], query, into: &records)
    }
    return records
  }

  /// Adds those of one source, whose imports come by day.
  private func read(
    _ imports: [ImportOrder], _ query: Statement, into records: inout [MarketRecord]
  ) throws(HistoryError) {
    var firstExport: CalendarDay?
    var firstShown: [Identity: CalendarDay] = [:]
    var ids = ByteInterner()
    for entry in imports {
      query.reset()
      query.bind(entry.id, at: 1)
      while try query.step() {
        let first = firstExport ?? entry.observedOn
        firstExport = first
        guard let happened = query.optionalInteger(0) else { continue }
        let day = CalendarDay(daysSinceEpoch: Int32(clamping: happened))
        let id = query.isNull(1) ? -1 : query.withBytes(1) { ids.number(of: $0) }
        let key = Identity(day: day, id: id)
        if let shown = firstShown[key] {
          guard shown == entry.observedOn else { continue }
        } else {
          firstShown[key] = entry.observedOn
        }
        records.append(
          MarketRecord(
            knownOn: first == entry.observedOn ? day : max(day, entry.observedOn), day: day,
            market: query.optionalText(2), customerName: query.optionalText(3)))
      }
    }
  }
}
