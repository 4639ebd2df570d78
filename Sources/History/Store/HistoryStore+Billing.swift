extension HistoryStore {
  /// Whether any billed usage was imported.
  var hasBilling: Bool { overview.hasBilling }

  /// What a subscription's billed lines amount to.
  ///
  /// From the moment on when a line of the usage analytics of the same subscription and day is known,
  /// their quantities are 0 and only the costs count: both tell of the same use, and it must not count
  /// twice.
  ///
  /// - Parameters:
  ///   - subscription: its row id.
  ///   - measured: what the usage analytics say of it; nil: their quantities count in any case.
  /// - Returns: by day and meter, and the day from which on each row is known.
  /// - Throws: `.unusable` when a blob is damaged.
  func billedUsage(
    of subscription: Int64, beside measured: UsageHistory?
  ) throws(HistoryError) -> UsageHistory {
    var reader = BilledReader(self)
    try reader.read(subscription, beside: measured)
    return reader.usage
  }

  /// Which imports have billed lines of which day and meter, for one subscription.
  ///
  /// - Returns: in no order, without quantities.
  /// - Throws: `.unusable` when a blob is damaged.
  func billedSightings(of subscription: Int64) throws(HistoryError) -> [SourcedLine] {
    let query = try statement("SELECT month, import, packed FROM billing WHERE subscription = ?")
    query.bind(subscription, at: 1)
    defer { query.reset() }
    var sightings: [SourcedLine] = []
    while try query.step() {
      guard let rank = overview.rank(of: query.integer(1)) else { continue }
      for line in try billedLines(query, month: query.integer(0), column: 2) {
        guard let meter = overview.meterIndex(of: line.meter) else { continue }
        sightings.append(
          SourcedLine(day: line.day, meter: meter, rank: Int32(rank), chunk: 0, quantity: 0))
      }
    }
    return sightings
  }

  /// What the store knows about some days of a subscription: the newest value of each billed line.
  ///
  /// - Parameters:
  ///   - subscription: its row id.
  ///   - days: since 1970-01-01.
  /// - Returns: by (day, meter, identity), each once; meters are row ids.
  /// - Throws: `.unusable` when a blob is damaged.
  func knownBilling(
    of subscription: Int64, days: ClosedRange<Int32>
  ) throws(HistoryError) -> [BilledLine] {
    var calendar = MonthCalendar()
    let query = try statement(
      """
      SELECT month, packed, import.id FROM billing JOIN import ON import.id = billing.import
        JOIN source ON source.id = import.source
      WHERE subscription = ? AND month BETWEEN ? AND ?
      ORDER BY observedOn, source.name, import.id, chunk
      """)
    query.bind(subscription, at: 1)
    query.bind(Int64(calendar.split(days.lowerBound).month), at: 2)
    query.bind(Int64(calendar.split(days.upperBound).month), at: 3)
    defer { query.reset() }
    var found: [(position: Int, importId: Int64, line: BilledLine)] = []
    while try query.step() {
      for line in try billedLines(query, month: query.integer(0), column: 1) {
        found.append((found.count, query.integer(2), line))
      }
    }
    found.sort { left, right in
      left.line.isSame(as: right.line)
        ? left.position < right.position : BilledLine.isOrdered(left.line, right.line)
    }
    var known: [BilledLine] = []
    for (index, entry) in found.enumerated() {
      if index == 0 || !found[index - 1].line.isSame(as: entry.line) {
        known.append(entry.line)
      } else if found[index - 1].importId == entry.importId {
        // The chunks of one import add up.
        known[known.count - 1].add(entry.line)
      } else {
        known[known.count - 1] = entry.line
      }
    }
    return known
  }

  /// The lines of a row of the table `billing`.
  func billedLines(
    _ query: Statement, month: Int64, column: Int32
  ) throws(HistoryError) -> [BilledLine] {
    var lines: [BilledLine] = []
    try readBilledLines(query, month: month, column: column, into: &lines)
    return lines
  }

  /// Adds the lines of a row of the table `billing`.
  func readBilledLines(
    _ query: Statement, month: Int64, column: Int32, into lines: inout [BilledLine]
  ) throws(HistoryError) {
    let dayBefore = MonthCalendar.dayBefore(month: Int32(clamping: month))
    guard
      query.withBytes(column, { PackedBilling.unpack($0, dayBefore: dayBefore, into: &lines) })
    else {
      throw HistoryError(
        .unusable, path: path, what: "billed usage in the store is damaged",
        remedy: "Restore a copy, or import the exports into a new store.")
    }
  }
}
