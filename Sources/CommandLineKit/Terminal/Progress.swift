internal import Synchronization

/// One line on standard error that says how far a long step is: `Reading usage.jsonl.gz  42 %  (3 s)`.
///
/// Shown only on a terminal, not before two seconds have passed, redrawn at most ten times a second,
/// and erased at the end, so that short work and redirected output stay silent. A step that says
/// nothing of itself still shows its title and its seconds: a heart beats once a second.
///
/// ```swift
/// let progress = Progress(isQuiet: global.quiet)
/// progress.begin("Reading usage.jsonl.gz")
/// progress.update(fraction: 0.42, count: 1_200_000, unit: "lines")
/// progress.end()
/// ```
public final class Progress: Sendable {
  private let isShown: Bool
  private let line: Mutex<ProgressLine>
  private let heart = Mutex<Task<Void, Never>?>(nil)
  /// Between two beats of the heart; nil: it does not beat.
  private let interval: Duration?
  /// Since the creation.
  private let now: @Sendable () -> Duration
  private let write: @Sendable (String) -> Void

  /// A line on the process's standard error.
  ///
  /// - Parameter isQuiet: true never shows anything.
  public convenience init(isQuiet: Bool) {
    let start = ContinuousClock.now
    let terminal = Terminal(.error)
    self.init(
      isShown: !isQuiet && terminal.allowsRewriting, columns: terminal.columns,
      interval: .seconds(1), now: { ContinuousClock.now - start },
      write: { try? StandardStream.error.write($0) })
  }

  init(
    isShown: Bool, columns: Int, interval: Duration? = nil,
    now: @escaping @Sendable () -> Duration, write: @escaping @Sendable (String) -> Void
  ) {
    self.isShown = isShown
    self.interval = interval
    self.now = now
    self.write = write
    line = Mutex(ProgressLine(columns: columns))
  }

  deinit {
    heart.withLock { $0?.cancel() }
    if let text = line.withLock({ $0.end() }) { write(text) }
  }

  /// Begins a step; the line counts its seconds from here.
  public func begin(_ title: String) {
    guard isShown else { return }
    change { line, time in line.begin(title, at: time) }
    startHeart()
  }

  /// Says how far the step is; cheap enough to call for every block of work.
  ///
  /// - Parameters:
  ///   - fraction: 0 … 1 of the step; nil when unknown.
  ///   - count: things done so far, ≥ 0; nil for none.
  ///   - unit: what is counted, in the plural; without a count it stands alone.
  public func update(fraction: Double? = nil, count: Int? = nil, unit: String = "") {
    guard isShown else { return }
    change { line, time in
      line.update(fraction: fraction, count: count, unit: unit, at: time)
    }
  }

  /// Writes a note above the line, which comes back with the next update or beat.
  ///
  /// Notes are not progress: they appear at once, quiet or not, terminal or not.
  public func note(_ text: String) {
    change { line, _ in (line.erased() ?? "") + text.escaped(keepsLines: true) + "\n" }
  }

  /// Ends the step and erases the line.
  public func end() {
    change { line, _ in line.end() }
  }

  /// Redraws the line, so that its seconds go on while a step says nothing.
  func beat() {
    change { line, time in line.drawn(at: time) }
  }

  /// Changes the line and writes what follows from that, one thread after the other.
  private func change(_ body: (inout ProgressLine, Duration) -> String?) {
    line.withLock { line in
      if let text = body(&line, now()) { write(text) }
    }
  }

  private func startHeart() {
    guard let interval else { return }
    heart.withLock { heart in
      guard heart == nil else { return }
      heart = Task.detached { [weak self] in
        while !Task.isCancelled {
          try? await Task.sleep(for: interval)
          guard !Task.isCancelled else { return }
          self?.beat()
        }
      }
    }
  }
}
