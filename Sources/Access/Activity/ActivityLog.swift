internal import Dispatch
package import Files
internal import ForkJoin
internal import History

// Requests never wait for the disk:
//
//   request ──record──►│ lines of the day │──a thread of its own, every second──► 2026-11-26.jsonl
//   request ──record──►│ in memory, 8 MB  │         one write, one fdatasync
//
// What the disk does not take is counted as lost and told, once for each time that it begins. Only a
// buffer that is full makes `record` wait, for seconds: then the disk takes less than the service produces,
// and waiting is better than an access that nobody can find again. A disk that hangs must not stop the
// service, so that what finds no room after that is lost too.

/// The activity log of a running service.
package final class ActivityLog: Sendable {
  private struct State {
    /// Lines by day, in the order in which they came; nearly always of one day.
    var chunks: [Chunk] = []
    var size = 0
    var lost = 0
    var isClosing = false
    var isClosed = false
    /// The disk did not make room in time, and has not made any since.
    var isHanging = false
  }

  struct Chunk {
    var day: CalendarDay
    var lines: [UInt8]
    var count: Int
  }

  /// Bytes of lines that may wait for the disk.
  package static let bufferSize = 8 << 20

  private let folder: ActivityFolder
  private let retentionDays: Int
  private let bufferSize: Int
  private let now: @Sendable () -> UTCTime
  private let tell: @Sendable (FileError) -> Void
  private let monitor = Monitor(State())

  /// Makes the folder, removes what is too old, and begins to write.
  ///
  /// - Parameters:
  ///   - folder: where the files are.
  ///   - retentionDays: files of earlier days are removed, now and at each change of day.
  ///   - bufferSize: in bytes.
  ///   - now: the clock, which decides what is too old.
  ///   - tell: called on the thread of the log when something cannot be written or removed: once, and
  ///     again only after it was possible in between.
  /// - Throws: `FileError` of kind `unwritable` when the folder cannot be made.
  package init(
    _ folder: ActivityFolder, retentionDays: Int = ActivityFolder.retentionDays,
    bufferSize: Int = ActivityLog.bufferSize, now: @escaping @Sendable () -> UTCTime = UTCTime.now,
    tell: @escaping @Sendable (FileError) -> Void
  ) throws(FileError) {
    self.folder = folder
    self.retentionDays = retentionDays
    self.bufferSize = bufferSize
    self.now = now
    self.tell = tell
    try folder.make()
    DispatchQueue(label: "activity log").async { self.write() }
  }

  /// Adds an entry; it is on the disk a second later, or after `close`.
  ///
  /// It must hold no token and no secret of a session: see `ActivityEntry`. After `close` it is lost.
  package func record(_ entry: ActivityEntry) {
    let (line, day) = (entry.line, entry.time.day)
    enum Outcome { case added(wakes: Bool), full }
    func add(_ state: inout State) -> Outcome {
      guard !state.isClosing else {
        state.lost += 1
        return .added(wakes: false)
      }
      // One line fits into an empty buffer, however small that is.
      guard state.size == 0 || state.size + line.count <= bufferSize else { return .full }
      // The writer sleeps while there is nothing, and takes its second otherwise.
      let wakes = state.size == 0
      if state.chunks.last?.day != day {
        state.chunks.append(Chunk(day: day, lines: [], count: 0))
      }
      state.chunks[state.chunks.count - 1].lines.append(contentsOf: line)
      state.chunks[state.chunks.count - 1].count += 1
      state.size += line.count
      return .added(wakes: wakes || state.size > bufferSize / 2)
    }
    var outcome = monitor.changeQuietly(add)
    if case .full = outcome {
      let isHanging = monitor.changeQuietly { $0.isHanging }
      let waited: Outcome? = monitor.wait(atMost: isHanging ? 0 : Self.patience) { state in
        let outcome = add(&state)
        if case .full = outcome { return nil }
        return outcome
      }
      guard let waited else {
        return monitor.changeQuietly { state in
          state.lost += 1
          state.isHanging = true
        }
      }
      outcome = waited
    }
    if case .added(wakes: true) = outcome { monitor.change { _ in } }
  }

  /// Entries that are in no file, because it could not be written.
  package var lost: Int { monitor.changeQuietly { $0.lost } }

  /// Writes what is left and ends, or gives up on a disk that hangs; may be called again.
  package func close() {
    monitor.change { $0.isClosing = true }
    _ = monitor.wait(atMost: Self.closingSeconds) { $0.isClosed ? () : nil }
  }

  // MARK: - The thread that writes

  private static let idleSeconds = 600
  /// Seconds that an entry waits for room.
  private static let patience = 2
  /// Seconds that the last entries have to get to the disk.
  private static let closingSeconds = 30

  private func write() {
    var cleanedOn: CalendarDay?
    var isTrouble = false
    var isLast = false
    while !isLast {
      let today = now().day
      var failure: FileError?
      if cleanedOn != today {
        cleanedOn = today
        do {
          try folder.removeFiles(olderThan: retentionDays, today: today)
        } catch {
          failure = error
        }
      }
      let chunks: [Chunk]
      (chunks, isLast) = nextChunks()
      for chunk in chunks {
        if let reason = write(chunk) { failure = failure ?? reason }
      }
      if let failure, !isTrouble { tell(failure) }
      if failure != nil || !chunks.isEmpty { isTrouble = failure != nil }
    }
    monitor.change { $0.isClosed = true }
  }

  /// Waits for entries, then for the rest of their second, and takes them.
  ///
  /// - Returns: none after a long time without any, so that old files are removed all the same.
  private func nextChunks() -> (chunks: [Chunk], isLast: Bool) {
    let hasWork = monitor.wait(atMost: Self.idleSeconds) { state in
      state.size > 0 || state.isClosing ? true : nil
    }
    if hasWork != nil {
      _ = monitor.wait(atMost: 1) { state in
        state.size > self.bufferSize / 2 || state.isClosing ? true : nil
      }
    }
    return monitor.change { state in
      defer { (state.chunks, state.size, state.isHanging) = ([], 0, false) }
      return (state.chunks, state.isClosing)
    }
  }

  /// - Returns: why not all of it is on the disk.
  private func write(_ chunk: Chunk) -> FileError? {
    let (count, failure) = append(chunk.lines, to: folder.file(of: chunk.day))
    guard let failure else { return nil }
    let newline = UInt8(ascii: "\n")
    let written = chunk.lines[..<count].count { $0 == newline }
    monitor.changeQuietly { $0.lost += chunk.count - written }
    return failure
  }
}
