// The history of a partner's subscriptions in one SQLite file.
//
//   Importer ──► ImportTransaction ──►┌─────────────┐──► sources, meters, exclusions, owners
//   imports(), remove(importId:) ────►│ the tables  │──► forEachCustomerBatch
//                                     │ of Schema   │──► estimatedLag, status
//                                     └─────────────┘
//
// What the store answers depends on the set of its imports only, never on the order in which they
// came (but for two files that contradict each other about one source, day and row: then the later
// import wins) and not on imports that were taken back. Row ids do depend on it, so none of them
// leaves this room: sources, meters, customers and subscriptions come out sorted by their content.

/// The local history: one SQLite file with everything that was ever imported.
///
/// A store belongs to one thread. Its properties are as of the opening, the last import or the last
/// removal by this value; what other processes write meanwhile is seen after `refresh()`.
package final class HistoryStore: HistorySource {
  /// What a store is opened for.
  package enum Purpose: Sendable {
    /// To be asked; it must exist.
    case reading
    /// To be changed; it must exist.
    case changing
    /// To be added to; a missing one is created as soon as there is something to add.
    case importing
    /// As importing, but nothing will be written.
    case rehearsing
  }

  /// The file, as the user named it.
  package let path: String
  private(set) var connection: Connection
  /// Keeps others from taking the file away; nil where that cannot be known.
  private var presence: StoreGuard?
  private let purpose: Purpose
  /// Whether it is opened for more than reading.
  var writes: Bool { purpose != .reading && purpose != .rehearsing }
  private let patience: Int32
  /// There is no file yet: an empty store in memory stands for it.
  private(set) var isPending: Bool
  /// The file did not exist before this value made it.
  private var hasMadeFile = false
  var caches = StoreCaches()
  private var statements: [String: Statement] = [:]
  private(set) var overview = StoreOverview()
  /// What SQLite calls `data_version`, of the state that the properties are of.
  private(set) var stateRead: Int64?

  /// The sources with subscription exports, by name.
  package var sources: [Source] { overview.sources }
  /// The meters of all usage, ordered by their texts.
  package var meters: [Meter] { overview.meters }
  /// The lines of the exclusion lists in force, by day and file.
  package private(set) var exclusions: [Exclusion] = []
  /// Who looks after which customers, by the newest owners file of each source and name.
  package private(set) var owners = OwnerRules()
  /// Who spoke with whom, by all contacts files.
  package private(set) var contacts = ContactLog()

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - path: Its file.
  ///   - purpose: Only `.importing` creates a missing one.
  ///   - patience: Milliseconds to wait for another process's lock.
  /// - Returns: the open store.
  /// - Throws: `.missing`, `.unusable` (no store, or from a newer version), `.unwritable`, `.busy`.
  package static func open(
    _ path: String, for purpose: Purpose, patience: Int = 2_000
  ) throws(HistoryError) -> HistoryStore {
    let patience = Int32(clamping: patience)
    let presence = StoreGuard(store: path)
    var connection: Connection?
    switch purpose {
    case .reading: connection = try StoreFile.openForReading(path, patience: patience)
    case .changing:
      connection = try StoreFile.openForWriting(path, patience: patience)
      guard let connection, try StoreFile.hasHistory(connection) else {
        throw StoreFile.missing(path)
      }
    case .importing, .rehearsing:
      connection = try StoreFile.openForWriting(path, patience: patience)
    }
    return try HistoryStore(path, connection, presence, purpose, patience)
  }

  /// An empty store that lives in memory; `path` stands for it in errors.
  static func inMemory(for path: String) throws(HistoryError) -> HistoryStore {
    try HistoryStore(path, nil, nil, .rehearsing, 0)
  }

  private init(
    _ path: String, _ connection: Connection?, _ presence: StoreGuard?, _ purpose: Purpose,
    _ patience: Int32
  ) throws(HistoryError) {
    self.path = path
    self.presence = presence
    self.purpose = purpose
    self.patience = patience
    isPending = connection == nil
    if let connection {
      self.connection = connection
    } else {
      self.connection = try StoreFile.openInMemory(insteadOf: path)
    }
    try refresh()
  }

  /// Reads anew what the properties and customer batches are made of.
  package func refresh() throws(HistoryError) {
    // A reader sees one state of the store until the next refresh, whatever others write meanwhile.
    // Whoever writes as well sees one only while it reads this.
    try pause()
    try connection.execute("BEGIN")
    defer { if purpose != .reading { try? pause() } }
    stateRead = try connection.integer("PRAGMA data_version")
    overview = try StoreOverview(self)
    exclusions = try readExclusions()
    owners = try readOwners()
    contacts = try readContacts()
  }

  /// Lets go of the state that a reader sees, until `resume`.
  ///
  /// A reader that waits for its next question must not hold on to it: the log of the writers could not be
  /// emptied meanwhile.
  package func pause() throws(HistoryError) {
    if connection.isInTransaction { try connection.execute("COMMIT") }
  }

  /// Goes on with the newest state; what is known of it already is not read again.
  package func resume() throws(HistoryError) {
    guard purpose == .reading, stateRead != nil, !connection.isInTransaction else {
      return try refresh()
    }
    try connection.execute("BEGIN")
    guard try connection.integer("PRAGMA data_version") != stateRead else { return }
    try refresh()
  }

  // MARK: - The file

  /// Makes the file of a store that is opened for importing, now that there is something to add.
  ///
  /// - Throws: `.unwritable` when it cannot be created.
  func makeFile() throws(HistoryError) {
    guard isPending, purpose == .importing else { return }
    if presence == nil { presence = StoreGuard(store: path) }
    let (connection, isNewFile) = try StoreFile.create(path, patience: patience)
    replace(connection)
    isPending = false
    hasMadeFile = isNewFile
  }

  /// Takes the file away that this value made and that nothing was added to, unless somebody else
  /// has it open: then it stays, and readers take it for none.
  func discardIfUnused() {
    guard let presence, hasMadeFile, (try? StoreFile.hasHistory(connection)) == false,
      let memory = try? StoreFile.openInMemory(insteadOf: path)
    else { return }
    // Closing the database removes its log, so that the file is all that is left.
    replace(memory)
    isPending = true
    hasMadeFile = false
    if presence.isAlone(), Self.isUnused(path) { removeFile(path) }
    self.presence = nil
  }

  private static func isUnused(_ path: String) -> Bool {
    guard let connection = try? StoreFile.openForWriting(path, patience: 0) else { return false }
    return (try? StoreFile.hasHistory(connection)) == false
  }

  private func replace(_ other: Connection) {
    statements.removeAll()
    dropCaches()
    connection = other
  }

  // MARK: - Statements and caches

  /// A prepared statement, kept for the next time.
  func statement(_ sql: String) throws(HistoryError) -> Statement {
    if let known = statements[sql] { return known }
    let prepared = try connection.prepare(sql)
    statements[sql] = prepared
    return prepared
  }

  /// The same, also kept by a caller who asks so often that looking it up by its text counts.
  func statement(
    keptIn kept: inout Statement?, _ sql: String
  ) throws(HistoryError) -> Statement {
    if let kept { return kept }
    let prepared = try statement(sql)
    kept = prepared
    return prepared
  }

  /// The id that `find` answers with, or that of a new row; both take the same parameters.
  func findOrInsert(
    find: String, insert: String, _ bind: (Statement) -> Void
  ) throws(HistoryError) -> Int64 {
    let query = try statement(find)
    bind(query)
    if try query.step() {
      defer { query.reset() }
      return query.integer(0)
    }
    let insertion = try statement(insert)
    bind(insertion)
    try insertion.run()
    return connection.lastInsertedId
  }

  /// Makes the caches ready for a transaction that has just begun.
  func prepareCaches() throws(HistoryError) {
    let version = try connection.integer("PRAGMA data_version")
    if caches.version == version, caches.texts.count <= StoreCaches.textLimit { return }
    caches = StoreCaches()
    caches.version = version
    let query = try statement("SELECT * FROM meter ORDER BY id")
    while try query.step() {
      _ = caches.meters.number(of: Meter(row: query).key.span)
      caches.meterIds.append(query.integer(0))
    }
  }

  func dropCaches() { caches = StoreCaches() }
}
