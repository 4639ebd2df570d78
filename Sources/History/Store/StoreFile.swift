internal import Glibc

// Opening, creating and recognising the file of a store.
//
//   missing, empty ── reading, changing ──► error .missing
//         └────────── importing ──────────► nothing yet; when a file was recognised:
//                                           open(O_CREAT|O_EXCL, 0600) ──► SQLite ──► WAL ──► schema
//   there ────────────────────────────────► SQLite? ours? not newer? ──► ready
//
// The file is created by open(2) before SQLite touches it, because SQLite would create it with the
// rights that umask leaves; `-wal` and `-shm` copy its mode. The schema, the application id and the
// version are one transaction: a process killed in between leaves an empty database, which the next
// import takes for none.

/// How a store's file is opened.
enum StoreFile {
  /// Opens an existing store for reading.
  ///
  /// - Throws: `.missing`, also when nothing was ever imported into it; `.unusable` when it is not
  ///   a store or from a newer version.
  static func openForReading(_ path: String, patience: Int32) throws(HistoryError) -> Connection {
    guard let size = try size(path), size > 0 else { throw missing(path) }
    var connection = try Connection(path: path, access: .reading, patience: patience)
    do {
      if try StoreMigration.isNeeded(by: connection) {
        _ = try openForWriting(path, patience: patience)
        connection = try Connection(path: path, access: .reading, patience: patience)
      }
      try connection.execute("PRAGMA query_only = 1")
      try connection.execute(readingCache)
      try check(connection)
    } catch  where error.kind == .unwritable {
      // A folder without write permission has no room for the -shm file of a WAL database. When no
      // log is left over, the file alone is the whole truth.
      guard try self.size(path + "-wal") == nil else { throw error }
      connection = try Connection(path: path, access: .readingImmutable, patience: patience)
      try connection.execute(readingCache)
      try check(connection)
    }
    guard try hasHistory(connection) else { throw missing(path) }
    return connection
  }

  /// Opens an existing store for writing.
  ///
  /// - Returns: nil when there is none, or a file without anything in it, which stays as it is.
  /// - Throws: `.unusable` when it is not a store or from a newer version.
  static func openForWriting(_ path: String, patience: Int32) throws(HistoryError) -> Connection? {
    guard let size = try size(path), size > 0 else { return nil }
    let connection = try Connection(path: path, access: .writing, patience: patience)
    guard try !isEmpty(connection) else { return nil }
    try prepareForWriting(connection)
    try StoreMigration.run(on: connection)
    try check(connection)
    // A copy that VACUUM INTO made has no write-ahead log, with which readers and a writer go together.
    // Where it cannot have one just now, the store is as safe without.
    try? connection.execute("PRAGMA journal_mode = WAL")
    return connection
  }

  /// Opens a store for writing and creates it when it is missing.
  ///
  /// - Returns: the connection, and whether this call has made the file.
  /// - Throws: `.unwritable` when it cannot be created, and as `openForWriting`.
  static func create(
    _ path: String, patience: Int32
  ) throws(HistoryError) -> (connection: Connection, isNewFile: Bool) {
    let code = createPrivateFile(path)
    // A file made by another process in the meantime is as good as ours.
    guard code == 0 || code == EEXIST else {
      throw HistoryError(
        .unwritable, path: path, what: "the store cannot be created (\(systemMessage(code)))",
        expected: "a folder that exists and can be written",
        remedy: "Name a file in another folder with --store.")
    }
    let connection = try Connection(path: path, access: .writing, patience: patience)
    if try isEmpty(connection) {
      try connection.execute("PRAGMA page_size = 8192")
      try connection.execute("PRAGMA journal_mode = WAL")
      try initialise(connection)
    }
    try prepareForWriting(connection)
    try StoreMigration.run(on: connection)
    try check(connection)
    return (connection, code == 0)
  }

  /// An empty store without a file.
  static func openInMemory(insteadOf path: String) throws(HistoryError) -> Connection {
    let connection = try Connection(path: path, access: .inMemory, patience: 0)
    try initialise(connection)
    return connection
  }

  /// Whether anything was ever imported, also when all of it was taken back.
  static func hasHistory(_ connection: Connection) throws(HistoryError) -> Bool {
    try connection.integer("SELECT 1 FROM sqlite_sequence WHERE name = 'import'") != nil
  }

  /// 32 MB of pages: customers come by their tenants, and so from all over the tables.
  private static let readingCache = "PRAGMA cache_size = -32000"

  private static func prepareForWriting(_ connection: Connection) throws(HistoryError) {
    try connection.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF")
  }

  private static func initialise(_ connection: Connection) throws(HistoryError) {
    try connection.execute("BEGIN IMMEDIATE")
    // Another process may have been faster while this one waited for the lock.
    if try isEmpty(connection) { try connection.execute(Schema.statements) }
    try connection.execute("COMMIT")
  }

  private static func isEmpty(_ connection: Connection) throws(HistoryError) -> Bool {
    guard try connection.integer("PRAGMA application_id") == 0 else { return false }
    return try connection.integer("SELECT count(*) FROM sqlite_schema") == 0
  }

  private static func check(_ connection: Connection) throws(HistoryError) {
    let application = try connection.integer("PRAGMA application_id")
    if try isEmpty(connection) { throw missing(connection.path) }
    guard application == Schema.applicationId else {
      throw HistoryError(
        .unusable, path: connection.path, what: "this database belongs to another program",
        expected: "a history store made by 'churn-risk import'",
        remedy: "Name another file with --store.")
    }
    let version = try connection.integer("PRAGMA user_version") ?? 0
    guard version == Schema.version else {
      throw HistoryError(
        .unusable, path: connection.path,
        what: "the store has version \(version)", expected: "version \(Schema.version)",
        remedy: version > Schema.version
          ? "Use the newer churn-risk that made it." : "Import the exports into a new store.")
    }
  }

  static func missing(_ path: String) -> HistoryError {
    HistoryError(
      .missing, path: path, what: "there is no history yet",
      remedy: "Make one with 'churn-risk import', or name it with --store.")
  }

  /// Bytes of a file; nil when it is not there.
  private static func size(_ path: String) throws(HistoryError) -> Int? {
    guard let status = FileStatus(path: path) else { return nil }
    guard status.kind != .folder else {
      throw HistoryError(
        .unusable, path: path, what: "this is a folder", expected: "the file of a history store",
        remedy: "Name a file with --store.")
    }
    return status.byteCount
  }
}
