/// What the progress line says, and when it may be drawn; knows no clock and no screen.
///
/// ```
///   created ── 2 s of silence ──►  \rReading  42 %  1.2 M lines  (3 s)␛[K   at most every 0.1 s
///   note or end of the step   ──►  \r␛[K                                    where the line stands
/// ```
/// Times count from the creation. What a function returns is to be written to the terminal as it is.
struct ProgressLine {
  /// Of the terminal; the last one stays free.
  let columns: Int

  private var step: Step?
  private var lastDrawn: Duration?
  private var isOnScreen = false

  private static let silence = Duration.seconds(2)
  private static let pause = Duration.milliseconds(100)

  private struct Step {
    var title: String
    var started: Duration
    /// What `update` said last: share, count.
    var details: [String] = []
  }

  init(columns: Int) { self.columns = columns }

  mutating func begin(_ title: String, at time: Duration) -> String? {
    step = Step(title: title.neutralised(), started: time)
    return drawn(at: time)
  }

  mutating func update(
    fraction: Double?, count: Int?, unit: String, at time: Duration
  ) -> String? {
    var details: [String] = []
    if let fraction, fraction.isFinite {
      details.append("\(Int(min(max(fraction, 0), 1) * 100)) %")
    }
    let counted = [count.map(abbreviated), unit.isEmpty ? nil : unit].compactMap(\.self)
    if !counted.isEmpty { details.append(counted.joined(separator: " ")) }
    step?.details = details
    return drawn(at: time)
  }

  /// The line with its seconds as they are now; nil when it may not be drawn, or there is no step.
  mutating func drawn(at time: Duration) -> String? {
    guard let step, time >= Self.silence, lastDrawn.map({ time - $0 >= Self.pause }) ?? true
    else { return nil }
    lastDrawn = time
    isOnScreen = true
    let parts = [step.title] + step.details + ["(\((time - step.started).components.seconds) s)"]
    return "\r" + fitted(parts) + "\u{1B}[K"
  }

  /// Makes room for a note; the line may come back at once.
  mutating func erased() -> String? {
    lastDrawn = nil
    guard isOnScreen else { return nil }
    isOnScreen = false
    return "\r\u{1B}[K"
  }

  mutating func end() -> String? {
    step = nil
    return erased()
  }

  /// One line of the terminal, its last column left free; the title gives way first.
  private func fitted(_ parts: [String]) -> String {
    let tail = parts.dropFirst().map { "  " + $0 }.joined()
    let room = max(0, columns - 1 - tail.displayWidth)
    return ((parts.first ?? "").truncated(toWidth: room) + tail)
      .truncated(toWidth: max(1, columns - 1))
  }
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
