extension HistoryStore {
  /// What the store knows about some days of a subscription: the last quantity of each line.
  ///
  /// - Parameters:
  ///   - subscription: Its row id.
  ///   - first: Days since 1970-01-01; whole months are read.
  ///   - last: The last day, inclusive.
  ///   - importId: The import being written, which comes after all others of its day.
  /// - Returns: one line per (day, meter), by key; meters are row ids.
  /// - Throws: `.unusable` when a blob is damaged.
  func knownUsage(
    of subscription: Int64, from first: Int32, through last: Int32, importId: Int64
  ) throws(HistoryError) -> [KnownLine] {
    var calendar = MonthCalendar()
    let query = try statement(
      """
      SELECT month, usage.import, packed
      FROM usage LEFT JOIN import ON import.id = usage.import
        LEFT JOIN source ON source.id = import.source
      WHERE subscription = ? AND month BETWEEN ? AND ?
      ORDER BY import.id IS NULL, observedOn, source.name, import.id, chunk
      """)
    query.bind(subscription, at: 1)
    query.bind(Int64(calendar.split(first).month), at: 2)
    query.bind(Int64(calendar.split(last).month), at: 3)
    defer { query.reset() }
    var found: [(key: UInt64, position: Int, importId: Int64, quantity: Double)] = []
    var packed: [PackedLine] = []
    while try query.step() {
      packed.removeAll(keepingCapacity: true)
      guard query.withBytes(2, { PackedUsage.unpack($0, into: &packed) }) else {
        throw HistoryError(
          .unusable, path: path, what: "usage in the store is damaged",
          remedy: "Restore a copy, or import the exports into a new store.")
      }
      let dayBefore = MonthCalendar.dayBefore(month: Int32(clamping: query.integer(0)))
      for line in packed {
        let day = UInt64(dayBefore + Int32(line.dayOfMonth))
        found.append(
          (day << 20 | UInt64(line.meter), found.count, query.integer(1), line.quantity))
      }
    }
    found.sort { ($0.key, $0.position) < ($1.key, $1.position) }
    var known: [KnownLine] = []
    for (index, entry) in found.enumerated()
    where index + 1 == found.count || found[index + 1].key != entry.key {
      known.append(
        KnownLine(
          key: entry.key, quantity: entry.quantity, isFromThisImport: entry.importId == importId))
    }
    return known
  }
}
