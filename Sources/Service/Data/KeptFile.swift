internal import Files
internal import Synchronization

/// What stands in a file, read again when the file is another one.
///
/// Where a new file cannot be read, what was read before stays in force, and the trouble is told. While one
/// thread reads, others are given what is there.
final class KeptFile<Value: Sendable>: Sendable {
  private let path: String
  private let read: @Sendable () throws -> Value
  private let state = Mutex(State())
  /// Held by whoever reads the file.
  private let reading = Mutex(())

  private struct State {
    var stamp: FileStamp?
    var value: Value?
    var problem: String?
  }

  init(_ path: String, read: @escaping @Sendable () throws -> Value) {
    self.path = path
    self.read = read
  }

  /// The newest value; nil where there is no file.
  ///
  /// - Throws: what reading the file throws, where nothing was read before.
  func value() throws -> Value? {
    let stamp = FileStamp(ofPath: path)
    if let value = known(stamp) { return value }
    return try reading.withLock { _ in
      // Somebody else may have read it in the meantime.
      let stamp = FileStamp(ofPath: path)
      if let value = known(stamp) { return value }
      guard stamp != nil else {
        // A file that is gone takes its value along.
        state.withLock { $0 = State() }
        return nil
      }
      do {
        let value = try read()
        state.withLock { $0 = State(stamp: stamp, value: value) }
        return value
      } catch {
        let old = state.withLock { state in
          state.stamp = stamp
          state.problem = "\(path) cannot be read; what stood there before is still in force. \(error)"
          return state.value
        }
        guard let old else {
          state.withLock { $0 = State() }
          throw error
        }
        return old
      }
    }
  }

  /// What is wrong with the newest file, in a sentence; nil where nothing is.
  var problem: String? { state.withLock { $0.problem } }

  private func known(_ stamp: FileStamp?) -> Value? {
    guard let stamp else { return nil }
    return state.withLock { $0.stamp == stamp ? $0.value : nil }
  }
}
