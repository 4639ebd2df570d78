internal import Files
internal import Synchronization

/// What stands in a file, read again when the file is another one; while it is read, all who ask wait.
///
/// Where a new file cannot be read, the trouble is told once, and what was read before stays in force unless
/// told otherwise.
final class KeptFile<Value: Sendable>: Sendable {
  private let path: String
  private let mustBeThere: Bool
  private let keepsOld: Bool
  private let tell: @Sendable (String) -> Void
  private let read: @Sendable () throws -> Value
  private let state = Mutex(State())
  /// Held by whoever reads the file.
  private let reading = Mutex(())

  private struct State {
    /// Whether the file was looked at.
    var isRead = false
    var stamp: FileStamp?
    var value: Value?
    var failure: (any Error)?
  }

  /// - Parameters:
  ///   - path: of the file.
  ///   - mustBeThere: whether a missing file is trouble.
  ///   - keepsOld: whether what was read before stays in force where a new file cannot be read.
  ///   - tell: told of trouble, in a sentence.
  ///   - read: reads the file.
  init(
    _ path: String, mustBeThere: Bool = false, keepsOld: Bool = true,
    tell: @escaping @Sendable (String) -> Void, read: @escaping @Sendable () throws -> Value
  ) {
    self.path = path
    self.mustBeThere = mustBeThere
    self.keepsOld = keepsOld
    self.tell = tell
    self.read = read
  }

  /// The newest value; nil where there is no file, and none must be there.
  ///
  /// - Throws: what reading the file throws, where nothing else is in force.
  func value() throws -> Value? {
    if let known = try known(FileStamp(ofPath: path)) { return known.value }
    return try reading.withLock { _ in
      // Somebody else may have read it in the meantime.
      let stamp = FileStamp(ofPath: path)
      if let known = try known(stamp) { return known.value }
      // A file that is gone takes its value along.
      guard stamp != nil || mustBeThere else {
        state.withLock { $0 = State(isRead: true) }
        return nil
      }
      do {
        let value = try read()
        state.withLock { $0 = State(isRead: true, stamp: stamp, value: value) }
        return value
      } catch {
        let old = state.withLock { state in
          state = State(
            isRead: true, stamp: stamp, value: keepsOld ? state.value : nil, failure: error)
          return state.value
        }
        tell(old == nil ? "\(error)" : "What stood in \(path) before is still in force. \(error)")
        guard let old else { throw error }
        return old
      }
    }
  }

  /// Whether the newest file cannot be read.
  var isInTrouble: Bool { state.withLock { $0.failure != nil } }

  private struct Known { var value: Value? }

  /// What is known of a file; nil where it has to be read.
  private func known(_ stamp: FileStamp?) throws -> Known? {
    let state = state.withLock { $0 }
    guard state.isRead, state.stamp == stamp else { return nil }
    if let failure = state.failure, state.value == nil { throw failure }
    return Known(value: state.value)
  }
}
