// One open SQLite database. This file and Statement.swift are the only ones that call sqlite3.
//
//   Connection   open, run SQL without rows, transactions, error texts
//   Statement    prepare, bind, step, read columns
//
// Everything above them is typed Swift. A connection belongs to one thread at a time (it is not
// Sendable), so it is opened without SQLite's own mutexes.

internal import CSQLite

/// An open SQLite database file.
@safe final class Connection {
  enum Access {
    /// Reads only.
    case reading
    /// Reads a file in a folder that cannot be written, where no write-ahead log can live.
    case readingImmutable
    /// Reads and writes an existing file.
    case writing
    /// A database without a file, gone when it is closed.
    case inMemory
  }

  /// The path as the user wrote it, for messages.
  let path: String
  /// Whether the file is taken for one that nobody changes.
  let isImmutable: Bool
  private let handle: OpaquePointer

  /// Opens the database; creates nothing.
  ///
  /// - Parameters:
  ///   - path: The file; ignored for `.inMemory`.
  ///   - access: What is going to happen to it.
  ///   - patience: Milliseconds to wait for another process's lock before giving up as busy.
  /// - Throws: `.unusable` when it is no database, `.unwritable` when it cannot be opened.
  init(path: String, access: Access, patience: Int32) throws(HistoryError) {
    self.path = path
    isImmutable = access == .readingImmutable
    var name = path
    var flags = SQLITE_OPEN_NOMUTEX
    switch access {
    case .reading: flags |= SQLITE_OPEN_READONLY
    case .readingImmutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:" + Self.percentEncoded(path) + "?immutable=1"
    case .writing: flags |= SQLITE_OPEN_READWRITE
    case .inMemory:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY
      name = ":memory:"
    }
    var opened: OpaquePointer?
    // SAFETY: sqlite3 copies the name, and `opened` outlives the call.
    let code = unsafe sqlite3_open_v2(name, &opened, flags, nil)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      // SAFETY: closing a handle that failed to open, or nil, is allowed and needed.
      unsafe sqlite3_close_v2(opened)
      throw Self.error(code, path: path, doing: "opening the store")
    }
    unsafe handle = opened
    // SAFETY: the handle was just opened.
    unsafe sqlite3_extended_result_codes(opened, 1)
    unsafe sqlite3_busy_timeout(opened, patience)
  }

  deinit {
    // SAFETY: the handle is open; statements keep their connection alive, so none is left.
    unsafe sqlite3_close_v2(handle)
  }

  /// Runs statements that return no rows, separated by semicolons.
  func execute(_ sql: String) throws(HistoryError) {
    // SAFETY: the handle is open; the text is copied by the call.
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code, doing: sql) }
  }

  func prepare(_ sql: String) throws(HistoryError) -> Statement {
    var prepared: OpaquePointer?
    // SAFETY: the handle is open; -1 means that the text ends at its NUL, which Swift adds.
    let code = unsafe sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else { throw error(code, doing: sql) }
    return unsafe Statement(prepared, of: self, sql: sql)
  }

  /// The single integer that a query answers with; nil when it has no row or the value is null.
  func integer(_ sql: String) throws(HistoryError) -> Int64? {
    let statement = try prepare(sql)
    guard try statement.step() else { return nil }
    return statement.optionalInteger(0)
  }

  /// The row id of the last insert.
  var lastInsertedId: Int64 {
    // SAFETY: the handle is open.
    unsafe sqlite3_last_insert_rowid(handle)
  }

  /// Rows that the last statement changed.
  var changes: Int {
    // SAFETY: the handle is open.
    unsafe Int(sqlite3_changes(handle))
  }

  /// Whether a transaction is open.
  var isInTransaction: Bool {
    // SAFETY: the handle is open.
    unsafe sqlite3_get_autocommit(handle) == 0
  }

  /// The error of a result code of this connection, with what was being done.
  func error(_ code: Int32, doing sql: String) -> HistoryError {
    Self.error(code, path: path, doing: "running \"\(sql.prefix(60))\"")
  }

  /// Maps SQLite's result codes to the kinds of trouble a user can act on.
  private static func error(_ code: Int32, path: String, doing: String) -> HistoryError {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return HistoryError(
        .busy, path: path, what: "another process is writing to the store",
        remedy: "Try again when it has finished.")
    case SQLITE_NOTADB:
      return HistoryError(
        .unusable, path: path, what: "this is not a history store",
        expected: "an SQLite file made by 'churn-risk import'",
        remedy: "Name another file with --store.")
    case SQLITE_CORRUPT:
      return HistoryError(
        .unusable, path: path, what: "the store is damaged",
        remedy: "Restore a copy, or import the exports into a new store.")
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH:
      return HistoryError(
        .unwritable, path: path, what: "the store cannot be opened for this (\(text(code)))",
        remedy: "Check the permissions of the file and of its folder.")
    case SQLITE_FULL:
      return HistoryError(
        .unwritable, path: path, what: "the disk is full", remedy: "Free some space and repeat.")
    case SQLITE_IOERR where writingFailures.contains(code >> 8):
      return HistoryError(
        .unwritable, path: path, what: "the store cannot be written (\(text(code)))",
        remedy: "Check the free space, quotas and limits of file sizes, and repeat.")
    default:
      return HistoryError(
        .failed, path: path, what: "SQLite error \(code) (\(text(code))) while \(doing)")
    }
  }

  // Of the codes of SQLITE_IOERR: WRITE, FSYNC, DIR_FSYNC, TRUNCATE, SHMOPEN, SHMSIZE and SHMMAP, whose
  // names are macros that Swift does not import. A full disk is told by a code of its own, a quota or a
  // limit of the file size by these.
  private static let writingFailures: Set<Int32> = [3, 4, 5, 6, 18, 19, 21]

  private static func text(_ code: Int32) -> String {
    // SAFETY: sqlite3_errstr returns a static, NUL-terminated text for every code.
    unsafe String(cString: sqlite3_errstr(code))
  }

  /// A path as part of a `file:` URI.
  private static func percentEncoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"):
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: encoded.append(byte)
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
