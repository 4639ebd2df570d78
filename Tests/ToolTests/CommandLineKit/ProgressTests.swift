import Synchronization
import Testing

@testable import CommandLineKit

struct ProgressTests {
  /// A clock that tests set, and a screen that remembers.
  private final class Stage: Sendable {
    private let state = Mutex<(time: Duration, written: [String])>((.zero, []))

    var time: Duration {
      get { state.withLock { $0.time } }
      set { state.withLock { $0.time = newValue } }
    }

    var written: [String] { state.withLock { $0.written } }

    func progress(
      isShown: Bool = true, columns: Int = 80, interval: Duration? = nil
    ) -> Progress {
      Progress(
        isShown: isShown, columns: columns, interval: interval, now: { self.time },
        write: { text in self.state.withLock { $0.written.append(text) } })
    }
  }

  @Test func `writes nothing in the first two seconds`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.begin("Reading")
    stage.time = .milliseconds(1999)
    progress.update(fraction: 0.5)
    progress.end()
    #expect(stage.written == [])
  }

  @Test func `shows share, count and seconds`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.begin("Reading usage.jsonl.gz")
    stage.time = .seconds(3)
    progress.update(fraction: 0.42, count: 1_200_000, unit: "lines")
    #expect(
      stage.written == ["\rReading usage.jsonl.gz  42 %  1.2 M lines  (3 s)\u{1B}[K"])
  }

  @Test func `shows only what it knows`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.begin("Training")
    stage.time = .seconds(2)
    progress.update()
    #expect(stage.written.last == "\rTraining  (2 s)\u{1B}[K")
    stage.time = .seconds(3)
    progress.update(fraction: .nan, count: 5)
    #expect(stage.written.last == "\rTraining  5  (3 s)\u{1B}[K")
    stage.time = .seconds(4)
    progress.update(fraction: 1.7)
    #expect(stage.written.last == "\rTraining  100 %  (4 s)\u{1B}[K")
    stage.time = .seconds(5)
    progress.update(unit: "file 3 of 7")
    #expect(stage.written.last == "\rTraining  file 3 of 7  (5 s)\u{1B}[K")
  }

  @Test func `redraws at most ten times a second`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.begin("Reading")
    for millisecond in 2000..<3000 {
      stage.time = .milliseconds(millisecond)
      progress.update(count: millisecond, unit: "lines")
    }
    #expect(stage.written.count == 10)
  }

  @Test func `counts the seconds of each step`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.begin("One")
    stage.time = .seconds(10)
    progress.begin("Two")
    stage.time = .seconds(11)
    progress.update()
    #expect(stage.written == ["\rTwo  (0 s)\u{1B}[K", "\rTwo  (1 s)\u{1B}[K"])
  }

  @Test func `a step that begins after the silence is shown at once`() {
    let stage = Stage()
    let progress = stage.progress()
    stage.time = .seconds(3)
    progress.begin("Training")
    #expect(stage.written == ["\rTraining  (0 s)\u{1B}[K"])
  }

  @Test func `a step that says nothing still counts its seconds, with what it said last`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.beat()
    progress.begin("Choosing")
    progress.update(fraction: 0.5, count: 1, unit: "of 2")
    stage.time = .milliseconds(1999)
    progress.beat()
    #expect(stage.written == [])
    stage.time = .seconds(3)
    progress.beat()
    #expect(stage.written == ["\rChoosing  50 %  1 of 2  (3 s)\u{1B}[K"])
    progress.end()
    stage.time = .seconds(9)
    progress.beat()
    #expect(stage.written.last == "\r\u{1B}[K" && stage.written.count == 2)
  }

  @Test func `the heart beats by itself while a step runs`() async throws {
    let stage = Stage()
    let progress = stage.progress(interval: .milliseconds(1))
    progress.begin("Choosing")
    stage.time = .seconds(2)
    // The deadline is for a machine that does nothing else for a minute.
    for _ in 0..<60_000 where stage.written.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
    #expect(stage.written == ["\rChoosing  (2 s)\u{1B}[K"])
    progress.end()
  }

  @Test func `erases its line at the end and when it goes away`() {
    let stage = Stage()
    var progress: Progress? = stage.progress()
    progress?.begin("Reading")
    stage.time = .seconds(2)
    progress?.update()
    progress?.end()
    #expect(stage.written.last == "\r\u{1B}[K")
    progress?.end()
    #expect(stage.written.count == 2)
    progress?.begin("Again")
    progress?.update()
    progress = nil
    #expect(stage.written.last == "\r\u{1B}[K")
  }

  @Test func `stays silent when it is not wanted`() {
    let stage = Stage()
    let progress = stage.progress(isShown: false)
    progress.begin("Reading")
    stage.time = .seconds(9)
    progress.update(fraction: 0.5)
    progress.end()
    #expect(stage.written == [])
  }

  @Test func `puts notes above the line`() {
    let stage = Stage()
    let progress = stage.progress()
    progress.begin("Reading")
    stage.time = .seconds(2)
    progress.update()
    progress.note("Skipped a\u{1B}.txt.")
    progress.update()
    #expect(
      stage.written == [
        "\rReading  (2 s)\u{1B}[K", "\r\u{1B}[KSkipped a\\u{1B}.txt.\n",
        "\rReading  (2 s)\u{1B}[K",
      ])
  }

  @Test(arguments: 1...60)
  func `never fills the last column`(columns: Int) {
    let stage = Stage()
    let progress = stage.progress(columns: columns)
    progress.begin("Reading 日本語の\u{1B}ファイル.jsonl.gz")
    stage.time = .seconds(2)
    progress.update(fraction: 0.5, count: 12_345, unit: "lines")
    let line = stage.written.joined().dropFirst().dropLast(3)
    #expect(line.displayWidth <= max(1, columns - 1))
    #expect(!line.unicodeScalars.contains(where: SafeText.isUnsafe))
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1.0 k"), (1999, "1.9 k"), (9999, "9.9 k"), (10_000, "10 k"),
    (999_999, "999 k"), (1_000_000, "1.0 M"), (12_345_678, "12 M"), (2_000_000_000, "2.0 G"),
    (Int.max, "9223372036 G"),
  ])
  func `shortens counts`(pair: (count: Int, text: String)) {
    #expect(abbreviated(pair.count) == pair.text)
  }
}
