// A store of an older version, brought up to date.
//
//   BEGIN IMMEDIATE ── older? ──► copy to FILE.version1 ──► the upgrades ──► COMMIT
//                         └─ no ──► ROLLBACK: another process was faster
//
// The write lock is taken first, so the copy holds exactly what is upgraded and two processes do not
// copy over each other. The copy is written beside its name and renamed, so that a copy is never
// half of one. A kill at any moment leaves the older store, and the next opening begins anew.

/// Upgrades the tables of a store.
enum StoreMigration {
  /// Whether the store was made by an older version than this one.
  static func isNeeded(by connection: Connection) throws(HistoryError) -> Bool {
    guard try connection.integer("PRAGMA application_id") == Schema.applicationId else {
      return false
    }
    let version = try connection.integer("PRAGMA user_version") ?? 0
    return version >= 1 && version < Schema.version
  }

  /// Copies and upgrades an older store; leaves any other as it is.
  ///
  /// - Throws: `.unwritable` when the copy or the store cannot be written, `.busy` when another process
  ///   is writing; the store is as before then.
  static func run(on connection: Connection) throws(HistoryError) {
    guard try isNeeded(by: connection) else { return }
    try connection.execute("BEGIN IMMEDIATE")
    do {
      if try isNeeded(by: connection),
        let version = try connection.integer("PRAGMA user_version")
      {
        try copy(connection.path, version: version)
        try connection.execute(Schema.upgrade(from: version))
      }
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// The name of the copy that is kept of a store of an older version.
  static func copyPath(of store: String, version: Int64) -> String { "\(store).version\(version)" }

  private static func copy(_ path: String, version: Int64) throws(HistoryError) {
    let target = copyPath(of: path, version: version)
    let partial = target + ".partial"
    removeFile(partial)
    // SQLite writes into an empty file that is there, and keeps its mode.
    try check(createPrivateFile(partial), target)
    // A connection of its own: it reads what was committed while the other one holds the lock.
    let reader = try Connection(path: path, access: .reading, patience: 0)
    let copying = try reader.prepare("VACUUM INTO ?")
    copying.bind(partial, at: 1)
    do {
      try copying.run()
      try check(publishFile(partial, as: target), target)
    } catch {
      removeFile(partial)
      throw error
    }
  }

  private static func check(_ code: Int32, _ target: String) throws(HistoryError) {
    guard code != 0 else { return }
    throw HistoryError(
      .unwritable, path: target,
      what: "no copy can be made of the older store (\(systemMessage(code)))",
      expected: "a folder that can be written",
      remedy: "Copy the store to such a folder, and name it there with --store.")
  }
}
