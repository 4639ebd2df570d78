internal import Files
internal import History
internal import Synchronization

/// Opened histories, one for each worker that needs one at a time.
///
/// Between two answers a history waits in no state: writers and their checkpoints go on.
final class StorePool: Sendable {
  private let path: String
  private let idle = Mutex<[Kept]>([])

  /// A history that nobody uses.
  private struct Kept: @unchecked Sendable {
    // SAFETY: a store belongs to one thread at a time; it is in the pool or in the hands of one worker.
    let store: HistoryStore
    let file: FileStamp
  }

  /// Milliseconds that a reader waits for a lock.
  private static let patience = 5_000

  init(_ path: String) { self.path = path }

  /// Calls `body` with a history in its newest state.
  ///
  /// - Throws: `HistoryError` when it cannot be read; what `body` throws.
  func withStore<Result>(_ body: (HistoryStore) throws -> Result) throws -> Result {
    let stamp = FileStamp(ofPath: path)
    if let stamp, let kept = take(stamp) {
      try kept.store.resume()
      return try use(kept, body)
    }
    let store = try HistoryStore.open(path, for: .reading, patience: Self.patience)
    guard let stamp, FileStamp(ofPath: path)?.isSameFile(as: stamp) ?? false else {
      return try body(store)
    }
    return try use(Kept(store: store, file: stamp), body)
  }

  private func use<Result>(
    _ kept: Kept, _ body: (HistoryStore) throws -> Result
  ) throws -> Result {
    let result: Result
    do {
      result = try body(kept.store)
    } catch let error as HistoryError {
      // Whatever is wrong with it, the next one is opened anew.
      throw error
    } catch {
      try giveBack(kept)
      throw error
    }
    try giveBack(kept)
    return result
  }

  private func giveBack(_ kept: Kept) throws {
    try kept.store.pause()
    idle.withLock { $0.append(kept) }
  }

  /// One of the file that is there now; those of another file are let go of.
  private func take(_ file: FileStamp) -> Kept? {
    idle.withLock { idle in
      idle.removeAll { !$0.file.isSameFile(as: file) }
      return idle.popLast()
    }
  }
}
