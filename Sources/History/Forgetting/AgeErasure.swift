// Erasing what is older than a day, so that features from then on remain right.
//
//                      day
//   exports  ─ x ─ x ─┼─ o ─ o ─     gone, with the states that only they showed
//   usage    ─ x ─ x ─┼─ o ─ o ─     gone, also the lines of that month before the day
//   last usage before the day ──► lastUsageDate of the subscription's first row that stays
//
// Without that date a subscription that was last used before the day would look as if it had never been.
// Keeping its last lines instead would not do: recording would seem to begin with them, and every silence
// after them would count as one. Everything else is as if recording had begun on the day.

/// Erases observations and usage before a day, inside a transaction.
struct AgeErasure {
  private let store: HistoryStore
  private let before: CalendarDay

  init(_ store: HistoryStore, before: CalendarDay) {
    self.store = store
    self.before = before
  }

  /// Deletes the rows, writes the tombstone and sweeps up; adds what it did to `report`.
  func run(_ report: inout ForgetReport) throws(HistoryError) {
    let subscriptionsBefore = try count("SELECT count(*) FROM subscription")
    try keepLastUsage()
    try deleteExports(&report)
    try store.connection.execute("DELETE FROM contact WHERE day < \(before.daysSinceEpoch)")
    report.otherRows += store.connection.changes
    report.usageLines = try deleteUsage() + deleteBilling()
    if report.usageLines > 0 { try store.rebuildUsageSummaries() }
    report.imports += try deleteImports(
      "\(Self.isUsage) AND id NOT IN (SELECT import FROM usage UNION SELECT import FROM billing)")
    try store.connection.execute(HistoryStore.sweeping)
    report.subscriptions = subscriptionsBefore - (try count("SELECT count(*) FROM subscription"))
    var tombstones = try Tombstones(store)
    try tombstones.add(before: before, to: store)
  }

  private func count(_ sql: String) throws(HistoryError) -> Int {
    Int(try store.connection.integer(sql) ?? 0)
  }

  // MARK: - The last usage

  /// Writes the last usage before the day into the first row of each subscription that stays.
  private func keepLastUsage() throws(HistoryError) {
    var firstRows: [(subscription: Int64, day: CalendarDay)] = []
    let query = try store.statement(
      """
      SELECT subscription, min(observedOn) FROM observation JOIN import ON import.id = import
      WHERE observedOn >= ? AND state != 0 GROUP BY subscription
      """)
    query.bind(Int64(before.daysSinceEpoch), at: 1)
    while try query.step() {
      guard let day = query.optionalDay(1) else { continue }
      firstRows.append((query.integer(0), day))
    }
    let update = try store.statement(
      """
      UPDATE observation SET lastUsageDate = max(coalesce(lastUsageDate, ?1), ?1)
      WHERE subscription = ?2 AND state != 0
        AND import IN (SELECT id FROM import WHERE observedOn = ?3)
      """)
    for (subscription, day) in firstRows {
      guard let last = try lastUsage(of: subscription, knownOn: day) else { continue }
      update.bind(Int64(last.daysSinceEpoch), at: 1)
      update.bind(subscription, at: 2)
      update.bind(Int64(day.daysSinceEpoch), at: 3)
      try update.run()
    }
  }

  /// The last day before the limit with usage that was known on `day`.
  private func lastUsage(
    of subscription: Int64, knownOn day: CalendarDay
  ) throws(HistoryError) -> CalendarDay? {
    let merger = UsageMerger(store.overview.imports)
    let limit = before
    var last: CalendarDay?
    func look(at merged: UsageHistory) {
      var row = 0
      while row < merged.count {
        // The last version that was known counts.
        var quantity = 0.0
        let first = row
        while row < merged.count, merged.days[row] == merged.days[first],
          merged.meters[row] == merged.meters[first]
        {
          if merged.firstKnown[row] <= day { quantity = merged.quantities[row] }
          row += 1
        }
        if quantity > 0, merged.days[first] < limit {
          last = max(last ?? merged.days[first], merged.days[first])
        }
      }
    }
    try store.forEachUsageMonth(of: subscription) { lines in
      var merged = UsageHistory()
      merger.merge(&lines, into: &merged)
      look(at: merged)
    }
    if store.hasBilling { look(at: try store.billedUsage(of: subscription, beside: nil)) }
    return last
  }

  // MARK: - Deleting

  /// SQL that tells imports of usage lines, whose days count and not the day of the export.
  private static let isUsage = isOneOf(Resource.allCases.filter(\.hasUsage))
  private static let isKeptByPeople = isOneOf(Resource.keptByPeople)

  private static func isOneOf(_ resources: [Resource]) -> String {
    "resource IN (" + resources.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
  }

  /// Takes back what was exported before the day, but for usage and the lists that people keep.
  private func deleteExports(_ report: inout ForgetReport) throws(HistoryError) {
    let old = "NOT \(Self.isKeptByPeople) AND NOT \(Self.isUsage)"
    let ids = "SELECT id FROM import WHERE \(old) AND observedOn < \(before.daysSinceEpoch)"
    for table in HistoryStore.tablesOfAnImport where table != "import_note" {
      try store.connection.execute("DELETE FROM \"\(table)\" WHERE import IN (\(ids))")
      if table == "observation" {
        report.observations += store.connection.changes
      } else {
        report.otherRows += store.connection.changes
      }
    }
    report.imports += try deleteImports(old)
  }

  /// Deletes the imports observed before the day for which a condition holds.
  private func deleteImports(_ condition: String) throws(HistoryError) -> Int {
    let condition = "\(condition) AND observedOn < \(before.daysSinceEpoch)"
    try store.connection.execute(
      "DELETE FROM import_note WHERE import IN (SELECT id FROM import WHERE \(condition))")
    try store.connection.execute("DELETE FROM import WHERE \(condition)")
    return store.connection.changes
  }

  /// Deletes the billed lines of the days before.
  ///
  /// - Returns: how many.
  private func deleteBilling() throws(HistoryError) -> Int {
    var calendar = MonthCalendar()
    let month = calendar.split(before.daysSinceEpoch).month
    var deleted = try count("SELECT sum(lines) FROM billing WHERE month < \(month)")
    try store.connection.execute("DELETE FROM billing WHERE month < \(month)")
    var kept: [(key: [Int64], lines: [BilledLine])] = []
    let query = try store.statement(
      "SELECT subscription, import, chunk, packed FROM billing WHERE month = ?")
    query.bind(Int64(month), at: 1)
    while try query.step() {
      var lines = try store.billedLines(query, month: Int64(month), column: 3)
      let count = lines.count
      lines.removeAll { $0.day < before.daysSinceEpoch }
      guard lines.count < count else { continue }
      deleted += count - lines.count
      kept.append(((0..<3).map { query.integer($0) }, lines))
    }
    let key = "WHERE month = \(month) AND subscription = ?1 AND import = ?2 AND chunk = ?3"
    let deletion = try store.statement("DELETE FROM billing \(key)")
    let update = try store.statement("UPDATE billing SET lines = ?4, packed = ?5 \(key)")
    for row in kept {
      let statement = row.lines.isEmpty ? deletion : update
      for (index, value) in row.key.enumerated() { statement.bind(value, at: Int32(index + 1)) }
      if !row.lines.isEmpty {
        let dayBefore = MonthCalendar.dayBefore(month: month)
        let blob = PackedBilling.pack(row.lines[...], dayBefore: dayBefore)
        statement.bind(Int64(row.lines.count), at: 4)
        statement.bind(bytes: blob.span, at: 5)
      }
      try statement.run()
    }
    return deleted
  }

  /// Deletes the lines of the days before.
  ///
  /// - Returns: how many.
  private func deleteUsage() throws(HistoryError) -> Int {
    var calendar = MonthCalendar()
    // A blob holds twelve months at most.
    let firstMonth = calendar.split(before.daysSinceEpoch).month - 11
    var deleted = try count("SELECT sum(lines) FROM usage WHERE month < \(firstMonth)")
    for table in SettledUsage.tables {
      try store.connection.execute("DELETE FROM \(table) WHERE month < \(firstMonth)")
    }
    var changed: [(key: [Int64], lines: [PackedLine])] = []
    var unpacked = UnpackedUsage()
    let query = try store.statement(
      "SELECT subscription, month, import, chunk, packed FROM usage WHERE month <= ?")
    query.bind(Int64(firstMonth + 11), at: 1)
    while try query.step() {
      unpacked.removeAll()
      guard query.withBytes(4, { PackedUsage.unpack($0, into: &unpacked) }) else {
        throw store.damagedUsage
      }
      let month = Int32(clamping: query.integer(1))
      let limit = before.daysSinceEpoch - MonthCalendar.dayBefore(month: month) - 1
      let lines = unpacked.orderedLines.filter { $0.day >= limit }
      guard lines.count < unpacked.days.count else { continue }
      deleted += unpacked.days.count - lines.count
      changed.append(((0..<4).map { query.integer($0) }, lines))
    }
    let key = "WHERE subscription = ?1 AND month = ?2 AND import = ?3 AND chunk = ?4"
    var packer = UsagePacker()
    // A key is in one of the tables; the other has nothing to change.
    for table in SettledUsage.tables {
      let deletion = try store.statement("DELETE FROM \(table) \(key)")
      let update = try store.statement("UPDATE \(table) SET lines = ?5, packed = ?6 \(key)")
      for row in changed {
        let statement = row.lines.isEmpty ? deletion : update
        for (index, value) in row.key.enumerated() { statement.bind(value, at: Int32(index + 1)) }
        if !row.lines.isEmpty {
          var blob: [UInt8] = []
          packer.pack(row.lines, appendingTo: &blob)
          statement.bind(Int64(row.lines.count), at: 5)
          statement.bind(bytes: blob.span, at: 6)
        }
        try statement.run()
      }
    }
    return deleted
  }
}
