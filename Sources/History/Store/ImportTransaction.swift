// One file on its way into the store, all or nothing.
//
//   BEGIN IMMEDIATE ── rows of the file ──┬── commit(import row) ── COMMIT
//                                         ├── same identity as before ── ROLLBACK (unchanged)
//                                         └── any error ── ROLLBACK
//
// The write lock is taken before the first byte is parsed, so a second importer fails at once and
// not after minutes of work. Ids that were handed out in a transaction that rolls back are gone, so
// the caches are dropped with it.

/// Adds the rows of one file to the store.
final class ImportTransaction {
  /// The number of the import, if it is committed.
  let importId: Int64
  let observedOn: CalendarDay
  let store: HistoryStore
  var connection: Connection { store.connection }

  /// Usage lines of this file.
  var usage = UsageTally()
  var restatedDays = RestatedDays()
  var chunk: Int64 = 0
  /// The tenant that the first usage line of each subscription named.
  var usageTenants: [Int64: Int64] = [:]
  /// The subscriptions whose names in this file have been looked at.
  var namedSubscriptions: Set<Int64> = []
  /// Lines of each usage day, by days since 1970-01-01.
  var linesByDay = [Int](repeating: 0, count: Int(UsageStaging.dayLimit))
  /// By the meter's row id.
  var usedMeters: [Bool] = []
  /// Whether usage of other imports can exist; decided once, before the first line.
  let hasEarlierUsage: Bool
  /// Which days other imports have usage of; read when it is first asked for.
  var earlierUsage: EarlierUsage?
  /// The same for billed usage.
  let hasEarlierBilling: Bool
  /// Which table usage goes to; decided when there is some.
  var settledUsage: SettledUsage?
  /// Lines of usage that were inserted.
  var insertedLines = 0

  /// What was erased and is not to be imported again.
  var forgotten: ForgottenRows

  private var isOpen = true

  /// Takes the write lock, in a file that is made now if there is none yet.
  ///
  /// - Throws: `.busy` when another process holds it, `.unwritable` when there can be no file.
  init(_ store: HistoryStore, observedOn: CalendarDay) throws(HistoryError) {
    try store.makeFile()
    self.store = store
    self.observedOn = observedOn
    try store.connection.execute("BEGIN IMMEDIATE")
    do {
      importId =
        (try store.connection.integer("SELECT seq FROM sqlite_sequence WHERE name = 'import'") ?? 0)
        + 1
      hasEarlierUsage = try store.connection.integer("SELECT 1 FROM usage LIMIT 1") != nil
      hasEarlierBilling = try store.connection.integer("SELECT 1 FROM billing LIMIT 1") != nil
      try store.prepareCaches()
      forgotten = ForgottenRows(try Tombstones(store))
      // What is written before it is known to be forgotten must not stay in free pages.
      if !forgotten.isEmpty { try store.connection.execute("PRAGMA secure_delete = ON") }
    } catch {
      try? store.connection.execute("ROLLBACK")
      throw error
    }
  }

  deinit {
    if isOpen { rollBack() }
  }

  // MARK: - The end

  /// Takes everything back.
  func rollBack() {
    isOpen = false
    store.dropCaches()
    // A transaction that SQLite has rolled back by itself (disk full) is not an error here.
    if connection.isInTransaction { try? connection.execute("ROLLBACK") }
  }

  /// The import with this identity, if the store has it already.
  func earlierImport(_ identity: ImportIdentity) throws(HistoryError) -> Int64? {
    let query = try store.statement(
      """
      SELECT import.id FROM import JOIN source ON source.id = import.source
      WHERE source.name = ? AND resource = ? AND observedOn = ? AND sha256 = ?
      """)
    query.bind(identity.source, at: 1)
    query.bind(identity.resource.rawValue, at: 2)
    query.bind(Int64(identity.observedOn.daysSinceEpoch), at: 3)
    query.bind(identity.sha256, at: 4)
    defer { query.reset() }
    return try query.step() ? query.integer(0) : nil
  }

  /// Writes what was learned about the file as a whole, and makes the import last.
  ///
  /// - Parameters:
  ///   - row: the import as it will be listed.
  ///   - notes: what was not understood.
  ///   - cloud: of its source; nil leaves it as it is known.
  /// - Throws: `.unwritable` when the disk is full, and the like.
  func commit(
    _ row: ImportRow, notes: [ImportNote], cloud: NationalCloud? = nil
  ) throws(HistoryError) {
    try settledUsage?.settle(store)
    try writeUsageSummary()
    try insert(row)
    if let cloud { try store.setCloud(cloud, ofSource: row.identity.source) }
    let note = try store.statement("INSERT INTO import_note VALUES (?, ?, ?, ?)")
    for entry in notes {
      note.bind(importId, at: 1)
      note.bind(entry.kind.rawValue, at: 2)
      note.bind(entry.name, at: 3)
      note.bind(Int64(entry.count), at: 4)
      try note.run()
    }
    try connection.execute("COMMIT")
    isOpen = false
  }

  private func insert(_ row: ImportRow) throws(HistoryError) {
    let insertion = try store.statement(
      """
      INSERT INTO import (id, source, resource, format, file, observedOn, dayOrigin, sha256,
        rowsAccepted, rowsRejected, rowsIgnored, rowsRepeated, rowsRestated, hasNextLink, totalCount,
        isSourceNamed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertion.bind(importId, at: 1)
    insertion.bind(try sourceId(row.identity.source), at: 2)
    insertion.bind(row.identity.resource.rawValue, at: 3)
    insertion.bind(row.format, at: 4)
    insertion.bind(row.file, at: 5)
    insertion.bind(Int64(row.identity.observedOn.daysSinceEpoch), at: 6)
    insertion.bind(row.dayOrigin.rawValue, at: 7)
    insertion.bind(row.identity.sha256, at: 8)
    insertion.bind(Int64(row.rowsAccepted), at: 9)
    insertion.bind(Int64(row.rowsRejected), at: 10)
    insertion.bind(Int64(row.rowsIgnored), at: 11)
    insertion.bind(Int64(row.rowsRepeated), at: 12)
    insertion.bind(Int64(row.rowsRestated), at: 13)
    insertion.bind(row.hasNextLink ? 1 : 0, at: 14)
    insertion.bind(row.totalCount.map(Int64.init), at: 15)
    insertion.bind(row.isSourceNamed ? 1 : 0, at: 16)
    try insertion.run()
  }

  private func sourceId(_ name: String) throws(HistoryError) -> Int64 {
    try store.findOrInsert(
      find: "SELECT id FROM source WHERE name = ?", insert: "INSERT INTO source (name) VALUES (?)"
    ) { $0.bind(name, at: 1) }
  }
}
