// Erasing, so that nothing of it is left in the files of the store.
//
//   BEGIN IMMEDIATE ── delete, tombstones, sweep, summaries of usage ──┬── ROLLBACK   rehearsal
//                                                                      └── COMMIT
//   secure_delete   overwrites what the deletes leave in the pages
//   VACUUM          writes the pages anew, without free ones
//   checkpoint      brings them into the file and cuts the log (-wal) to nothing; -shm has only numbers
//
// A kill between COMMIT and the checkpoint leaves the data gone for every reader and perhaps in the log.
// The same command once more cleans up, because the tombstone tells that the customer is no stranger.

extension HistoryStore {
  /// Erases a customer, and keeps imports from bringing it back.
  ///
  /// A subscription that was also seen with another tenant, as after a transfer, stays with that one; only
  /// what names the customer goes.
  ///
  /// - Parameters:
  ///   - written: the tenant; for a customer without one the id of a subscription.
  ///   - dryRun: counts and changes nothing.
  /// - Returns: what was erased.
  /// - Throws: `.missing` when nothing speaks of such a customer; `.busy`, `.unwritable`.
  package func forget(customer written: String, dryRun: Bool = false) throws(HistoryError)
    -> ForgetReport
  {
    let tenant = ForgottenRows.normal(written)
    return try erase(dryRun: dryRun) { (report) throws(HistoryError) in
      var erasure = try CustomerErasure(self, tenant: tenant)
      try erasure.run(&report)
      guard report.subscriptions + report.observations + report.usageLines + report.otherRows == 0
      else { return }
      guard try Tombstones(self).holds(tenant: tenant) else {
        throw HistoryError(
          .missing, path: path, what: "no customer with this tenant id is in the history",
          expected: "a customerTenantId as the exports write it",
          remedy: "Check the id; nothing was erased.")
      }
      report.wasForgotten = true
    }
  }

  /// Erases observations and usage before a day, and keeps imports from bringing them back.
  ///
  /// - Parameters:
  ///   - day: the first day that stays; at most the newest observation.
  ///   - dryRun: counts and changes nothing.
  /// - Returns: what was erased.
  /// - Throws: `.usage` when nothing would be left; `.busy`, `.unwritable`.
  package func forget(before day: CalendarDay, dryRun: Bool = false) throws(HistoryError)
    -> ForgetReport
  {
    let newest = overview.imports.filter(\.resource.isEvidence).map(\.observedOn).max()
    guard let newest, day <= newest else {
      throw HistoryError(
        .usage, path: path, what: "nothing would be left of the history before \(day)",
        expected: "a day up to the newest observation\(newest.map { ", \($0)" } ?? "")",
        remedy: "To erase everything, delete the file with its -wal and -shm.")
    }
    return try erase(dryRun: dryRun) { (report) throws(HistoryError) in
      try AgeErasure(self, before: day).run(&report)
    }
  }

  private func erase(
    dryRun: Bool, _ body: (inout ForgetReport) throws(HistoryError) -> Void
  ) throws(HistoryError) -> ForgetReport {
    var report = ForgetReport(isRehearsal: dryRun)
    dropCaches()
    try connection.execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
    try connection.execute("BEGIN IMMEDIATE")
    do {
      try body(&report)
      try connection.execute(dryRun ? "ROLLBACK" : "COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
    for version in 1..<Schema.version {
      let copy = StoreMigration.copyPath(of: path, version: version)
      if FileStatus(path: copy) != nil { report.olderCopy = copy }
    }
    if !dryRun { report.isLogInUse = try !cleanUp() }
    try refresh()
    if !dryRun { keepDigest() }
    return report
  }

  /// Leaves no trace of deleted rows in the files of the store.
  ///
  /// - Returns: false when another process keeps the log from being cut.
  private func cleanUp() throws(HistoryError) -> Bool {
    do {
      try connection.execute("VACUUM")
      return try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
    } catch  where error.kind == .busy {
      return false
    }
  }

  /// Counts anew which days and meters the usage of each import has.
  func rebuildUsageSummaries() throws(HistoryError) {
    var linesByDay: [Int64: [Int32: Int]] = [:]
    var meters: [Int64: Set<Int64>] = [:]
    var unpacked = UnpackedUsage()
    let query = try statement("SELECT import, month, packed FROM usage")
    while try query.step() {
      unpacked.removeAll()
      guard query.withBytes(2, { PackedUsage.unpack($0, into: &unpacked) }) else {
        throw damagedUsage
      }
      let importId = query.integer(0)
      let firstDay = MonthCalendar.dayBefore(month: Int32(clamping: query.integer(1))) + 1
      var counts = [Int](repeating: 0, count: PackedUsage.lastDay + 1)
      for day in unpacked.days { counts[Int(day)] += 1 }
      for (day, count) in counts.enumerated() where count > 0 {
        linesByDay[importId, default: [:]][firstDay + Int32(day), default: 0] += count
      }
      meters[importId, default: []].formUnion(unpacked.runs.lazy.map(\.meter))
    }
    let billing = try statement("SELECT import, month, packed FROM billing")
    while try billing.step() {
      let importId = billing.integer(0)
      for line in try billedLines(billing, month: billing.integer(1), column: 2) {
        linesByDay[importId, default: [:]][line.day, default: 0] += 1
        meters[importId, default: []].insert(line.meter)
      }
    }
    try connection.execute("DELETE FROM usage_day; DELETE FROM usage_meter")
    let day = try statement("INSERT INTO usage_day VALUES (?, ?, ?)")
    for (importId, counts) in linesByDay {
      for (number, lines) in counts {
        day.bind(importId, at: 1)
        day.bind(Int64(number), at: 2)
        day.bind(Int64(lines), at: 3)
        try day.run()
      }
    }
    let meter = try statement("INSERT INTO usage_meter VALUES (?, ?)")
    for (importId, used) in meters {
      for id in used {
        meter.bind(importId, at: 1)
        meter.bind(id, at: 2)
        try meter.run()
      }
    }
  }
}
