internal import Glibc

// Opening, creating and recognising the file of a store.
//
//   missing ── importing ──► open(O_CREAT|O_EXCL, 0600) ──► SQLite ──► WAL ──► schema
//      └────── reading ────► error .missing
//   there ─────────────────► SQLite? ours? not newer? ──► ready
//
// The file is created by open(2) before SQLite touches it, because SQLite would create it with the
// rights that umask leaves; `-wal` and `-shm` copy its mode. The schema, the application id and the
// version are one transaction: a process killed in between leaves an empty database, which the next
// import takes for a new one.

/// How a store's file is opened.
enum StoreFile {
  /// Opens an existing store for reading.
  ///
  /// - Throws: `.missing`, `.unusable` when it is not a store or from a newer version.
  static func openForReading(_ path: String, patience: Int32) throws(HistoryError) -> Connection {
    guard let size = try size(path), size > 0 else { throw missing(path) }
    var connection = try Connection(path: path, access: .reading, patience: patience)
    do {
      try connection.execute("PRAGMA query_only = 1")
      try check(connection)
    } catch  where error.kind == .unwritable {
      // A folder without write permission has no room for the -shm file of a WAL database. When no
      // log is left over, the file alone is the whole truth.
      guard try self.size(path + "-wal") == nil else { throw error }
      connection = try Connection(path: path, access: .readingImmutable, patience: patience)
      try check(connection)
    }
    return connection
  }

  /// Opens a store for writing and creates it when it is missing.
  ///
  /// - Returns: the connection, and whether the store is new.
  /// - Throws: `.unwritable` when it cannot be created, and as `openForReading`.
  static func openForWriting(
    _ path: String, patience: Int32
  ) throws(HistoryError) -> (connection: Connection, isNew: Bool) {
    if try size(path) == nil { try create(path) }
    let connection = try Connection(path: path, access: .writing, patience: patience)
    let isNew = try isEmpty(connection)
    if isNew {
      try connection.execute("PRAGMA page_size = 8192")
      try connection.execute("PRAGMA journal_mode = WAL")
      try initialise(connection)
    }
    try check(connection)
    try connection.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF")
    return (connection, isNew)
  }

  /// An empty store without a file.
  static func openInMemory(insteadOf path: String) throws(HistoryError) -> Connection {
    let connection = try Connection(path: path, access: .inMemory, patience: 0)
    try initialise(connection)
    return connection
  }

  static func exists(_ path: String) throws(HistoryError) -> Bool { try size(path) != nil }

  /// Removes a store's files; for a store that was created by a run that brought nothing.
  static func remove(_ path: String) {
    for suffix in ["-wal", "-shm", ""] { removeFile(path + suffix) }
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

  private static func create(_ path: String) throws(HistoryError) {
    let code = createPrivateFile(path)
    // A file made by another process in the meantime is as good as ours.
    guard code != 0, code != EEXIST else { return }
    throw HistoryError(
      .unwritable, path: path, what: "the store cannot be created (\(systemMessage(code)))",
      expected: "a folder that exists and can be written",
      remedy: "Name a file in another folder with --store.")
  }
}
