internal import CSQLite

/// A prepared SQL statement: bind its parameters, step through its rows, read their columns.
///
/// Parameters count from 1 and columns from 0, as in SQLite. A statement is reset by `run` and by
/// a `step` that finds no further row, so it is always ready for the next use.
@safe final class Statement {
  private let handle: OpaquePointer
  private let sql: String
  /// Keeps the database open as long as the statement lives.
  private let connection: Connection

  /// Takes over a freshly prepared statement.
  @unsafe init(_ handle: OpaquePointer, of connection: Connection, sql: String) {
    unsafe self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  deinit {
    // SAFETY: the handle is ours and is finalised once.
    unsafe sqlite3_finalize(handle)
  }

  // MARK: - Parameters

  func bind(_ value: Int64?, at index: Int32) {
    // SAFETY (all binds): the handle is prepared; a wrong index is refused with a code.
    let code =
      if let value { unsafe sqlite3_bind_int64(handle, index, value) } else {
        unsafe sqlite3_bind_null(handle, index)
      }
    precondition(code == SQLITE_OK, "cannot bind parameter \(index) of \(sql)")
  }

  func bind(_ value: String?, at index: Int32) {
    let code: Int32
    if var value {
      code = value.withUTF8 { text in
        // SAFETY: the destructor -1 (SQLITE_TRANSIENT) makes SQLite copy the text at once. An
        // empty text may have no address, which SQLite would read as null: hence the literal.
        if let start = text.baseAddress {
          unsafe sqlite3_bind_text(
            handle, index, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self),
            Int32(text.count), Self.transient)
        } else {
          unsafe sqlite3_bind_text(handle, index, "", 0, Self.transient)
        }
      }
    } else {
      code = unsafe sqlite3_bind_null(handle, index)
    }
    precondition(code == SQLITE_OK, "cannot bind parameter \(index) of \(sql)")
  }

  func bind(number: Double, at index: Int32) {
    let code = unsafe sqlite3_bind_double(handle, index, number)
    precondition(code == SQLITE_OK, "cannot bind parameter \(index) of \(sql)")
  }

  /// Binds bytes as a blob; they are copied.
  func bind(bytes: Span<UInt8>, at index: Int32) {
    // SAFETY: as for texts: copied at once, and never a null address.
    let code = unsafe bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        unsafe sqlite3_bind_blob(handle, index, start, Int32(bytes.count), Self.transient)
      } else {
        unsafe sqlite3_bind_zeroblob(handle, index, 0)
      }
    }
    precondition(code == SQLITE_OK, "cannot bind parameter \(index) of \(sql)")
  }

  // MARK: - Running

  /// Moves to the next row; false when there is none, and the statement is ready for the next use.
  func step() throws(HistoryError) -> Bool {
    // SAFETY: the handle is prepared.
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    reset()
    guard code == SQLITE_DONE else { throw connection.error(code, doing: sql) }
    return false
  }

  /// Runs a statement that returns no rows.
  func run() throws(HistoryError) {
    while try step() {}
  }

  /// Leaves the current row, so that the statement holds no lock.
  func reset() {
    // SAFETY: the handle is prepared; the code repeats the error that `step` has thrown.
    _ = unsafe sqlite3_reset(handle)
  }

  // MARK: - Columns of the current row

  func integer(_ column: Int32) -> Int64 {
    // SAFETY (all columns): called between a `step` that found a row and the next call; a column
    // out of range gives null.
    unsafe sqlite3_column_int64(handle, column)
  }

  func number(_ column: Int32) -> Double {
    unsafe sqlite3_column_double(handle, column)
  }

  func optionalInteger(_ column: Int32) -> Int64? {
    // A null reads as 0, so most values need no look at their type.
    let value = integer(column)
    return value == 0 && isNull(column) ? nil : value
  }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  func text(_ column: Int32) -> String {
    withBytes(column) { String(copying: $0) }
  }

  func optionalText(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }

  /// Hands out the bytes of a text or blob column; they are gone after `body`.
  func withBytes<Result>(_ column: Int32, _ body: (Span<UInt8>) -> Result) -> Result {
    // SAFETY: SQLite's bytes stay valid until the next call on this statement, which `body` cannot
    // make because it does not get the statement; the count belongs to the same column.
    let start = unsafe sqlite3_column_blob(handle, column)
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    return unsafe body(Span<UInt8>(_unsafeBytes: bytes))
  }

  private static let transient = unsafe unsafeBitCast(
    -1 as Int, to: sqlite3_destructor_type.self)
}
