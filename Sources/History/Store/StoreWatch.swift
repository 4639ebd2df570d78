internal import Files
internal import Synchronization

/// A state of a store; every change brings another one.
package struct StoreVersion: Sendable, Hashable {
  /// Counts the files that stood there, one after the other.
  private let file: Int
  /// What SQLite calls `data_version`.
  private let data: Int64

  init(file: Int, data: Int64) {
    self.file = file
    self.data = data
  }
}

/// Tells whether a store has changed, without reading it; any thread may ask.
///
/// An import of another process, a removal, and a file that takes the place of the old one are noticed at
/// once. It holds no state of the store: writers and their checkpoints are not kept waiting.
/// Source: https://www.sqlite.org/pragma.html#pragma_data_version
package final class StoreWatch: Sendable {
  private let path: String
  private let state = Mutex(State())

  private struct State {
    var stamp: FileStamp?
    var connection: Connection?
    var statement: Statement?
    var files = 0
  }

  /// Watches a store, which need not be there yet.
  package init(_ path: String) { self.path = path }

  /// The state that the store is in now.
  ///
  /// - Throws: `.missing`, `.unusable`, `.busy`.
  package func version() throws -> StoreVersion {
    try state.withLock { state in
      let stamp = FileStamp(ofPath: path)
      let isSame = stamp.flatMap { now in state.stamp.map(now.isSameFile) } ?? false
      if !isSame || state.statement == nil { try open(stamp, &state) }
      guard let statement = state.statement, try statement.step() else {
        throw StoreFile.missing(path)
      }
      defer { statement.reset() }
      return StoreVersion(file: state.files, data: statement.integer(0))
    }
  }

  private func open(_ stamp: FileStamp?, _ state: inout State) throws(HistoryError) {
    // Whatever fails from here on, the next call begins anew.
    state.statement = nil
    state.connection = nil
    let connection = try StoreFile.openForReading(path, patience: Self.patience)
    guard !connection.isImmutable else {
      // SQLite then looks at the file only once, and would never see a change.
      throw HistoryError(
        .unwritable, path: path,
        what: "the folder of the store cannot be written, so that changes cannot be noticed",
        expected: "a folder in which SQLite can keep the file \(path)-shm",
        remedy: "Let the user that runs this write in the folder.")
    }
    state.statement = try connection.prepare("PRAGMA data_version")
    state.connection = connection
    state.stamp = stamp
    state.files += 1
  }

  /// Milliseconds; whoever asks has no time.
  private static let patience: Int32 = 100
}
