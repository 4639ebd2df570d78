/// One line on standard error that says how far a long step is: `Reading usage.jsonl.gz  42 %  (3 s)`.
///
/// Shown only on a terminal, not before two seconds have passed, redrawn at most ten times a second,
/// and erased at the end, so that short work and redirected output stay silent. Call it from one
/// thread only.
///
/// ```swift
/// let progress = Progress(isQuiet: global.quiet)
/// progress.begin("Reading usage.jsonl.gz")
/// progress.update(fraction: 0.42, count: 1_200_000, unit: "lines")
/// progress.end()
/// ```
public final class Progress {
  private let isShown: Bool
  private let columns: Int
  private let now: () -> Duration
  private let write: (String) -> Void

  private let created: Duration
  private var step: Step?
  private var lastDrawn: Duration?
  private var isOnScreen = false

  private static let silence = Duration.seconds(2)
  private static let pause = Duration.milliseconds(100)

  private struct Step {
    var title: String
    var started: Duration
  }

  /// A line on the process's standard error.
  ///
  /// - Parameter isQuiet: true never shows anything.
  public convenience init(isQuiet: Bool) {
    let start = ContinuousClock.now
    let terminal = Terminal(.error)
    self.init(
      isShown: !isQuiet && terminal.allowsRewriting, columns: terminal.columns,
      now: { ContinuousClock.now - start }, write: { try? StandardStream.error.write($0) })
  }

  init(
    isShown: Bool, columns: Int, now: @escaping () -> Duration, write: @escaping (String) -> Void
  ) {
    self.isShown = isShown
    self.columns = columns
    self.now = now
    self.write = write
    created = now()
  }

  deinit { erase() }

  /// Begins a step; the line counts its seconds from here.
  public func begin(_ title: String) {
    guard isShown else { return }
    step = Step(title: title.neutralised(), started: now())
    lastDrawn = nil
  }

  /// Says how far the step is; cheap enough to call for every block of work.
  ///
  /// - Parameters:
  ///   - fraction: 0 … 1 of the step; nil when unknown.
  ///   - count: things done so far, ≥ 0; nil for none.
  ///   - unit: what is counted, in the plural.
  public func update(fraction: Double? = nil, count: Int? = nil, unit: String = "") {
    guard isShown, let step else { return }
    let time = now()
    guard time - created >= Self.silence, lastDrawn.map({ time - $0 >= Self.pause }) ?? true
    else { return }
    lastDrawn = time
    var parts = [step.title]
    if let fraction, fraction.isFinite { parts.append("\(Int(min(max(fraction, 0), 1) * 100)) %") }
    if let count { parts.append("\(abbreviated(count)) \(unit)".trimmingTrailingSpace) }
    parts.append("(\((time - step.started).components.seconds) s)")
    write("\r" + fitted(parts) + "\u{1B}[K")
    isOnScreen = true
  }

  /// Writes a note above the line, which comes back with the next update.
  ///
  /// Notes are not progress: they appear at once, quiet or not, terminal or not.
  public func note(_ text: String) {
    erase()
    lastDrawn = nil
    write(text.escaped(keepsLines: true) + "\n")
  }

  /// Ends the step and erases the line.
  public func end() {
    erase()
    step = nil
  }

  private func erase() {
    guard isOnScreen else { return }
    write("\r\u{1B}[K")
    isOnScreen = false
  }

  /// One line of the terminal, its last column left free; the title gives way first.
  private func fitted(_ parts: [String]) -> String {
    let tail = parts.dropFirst().map { "  " + $0 }.joined()
    let room = max(0, columns - 1 - tail.displayWidth)
    return ((parts.first ?? "").truncated(toWidth: room) + tail)
      .truncated(toWidth: max(1, columns - 1))
  }
}

extension String {
  fileprivate var trimmingTrailingSpace: String { hasSuffix(" ") ? String(dropLast()) : self }
}

/// A count in three or four signs: `999`, `1.2 k`, `3.4 M`, `12 G`, rounded down.
///
/// - Parameter count: ≥ 0.
/// - Returns: the number, a space and the suffix of the International System of Units, if any.
func abbreviated(_ count: Int) -> String {
  for (factor, suffix) in [(1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")]
  where count >= factor {
    let tenths = count / (factor / 10)
    return tenths < 100
      ? "\(tenths / 10).\(tenths % 10) \(suffix)" : "\(tenths / 10) \(suffix)"
  }
  return "\(count)"
}
