import Files
import TestSupport
import Testing

@testable import Access

struct ActivityReaderTests {
  private let temporary = TemporaryFolder()
  private var folder: ActivityFolder { ActivityFolder(temporary.path) }

  private static func line(_ number: Int) -> String {
    String(decoding: Sample.entry(number).line, as: UTF8.self)
  }

  private func write(_ day: String, _ text: String) throws {
    try writeFile(temporary["\(day).jsonl"]) { try $0.write(text) }
  }

  private func read(
    from first: String? = nil, to last: String? = nil
  ) throws -> (rows: [Int], reading: ActivityReader.Reading) {
    var rows: [Int] = []
    let reading = try ActivityReader(folder).read(
      from: first.map { day($0) }, to: last.map { day($0) }
    ) { rows.append($0.rows ?? -1) }
    return (rows, reading)
  }

  @Test func `days are read in order, and only those asked for`() throws {
    for (number, day) in ["2026-11-27", "2026-11-26", "2026-12-01"].enumerated() {
      try write(day, Self.line(number))
    }
    try writeFile(temporary["notes.txt"]) { try $0.write("no log") }
    #expect(try read().rows == [1, 0, 2])
    #expect(try read(from: "2026-11-27").rows == [0, 2])
    #expect(try read(to: "2026-11-27").rows == [1, 0])
    #expect(try read(from: "2026-11-27", to: "2026-11-30").rows == [0])
    #expect(try read(from: "2027-01-01").rows == [])
    #expect(try read().reading.entries == 3)
    #expect(try read().reading.firstDamaged == nil)
  }

  @Test func `a last line without its end is read when it is whole, else told`() throws {
    try write("2026-11-26", Self.line(1) + Self.line(2).dropLast())
    #expect(try read().rows == [1, 2])
    let whole = Self.line(2)
    for length in 1..<whole.utf8.count - 1 {
      try write(
        "2026-11-26", Self.line(1) + String(decoding: whole.utf8.prefix(length), as: UTF8.self))
      let (rows, reading) = try read()
      #expect(rows == [1] && reading.damagedLines == 1, "\(length)")
      #expect(reading.firstDamaged?.line == 2)
    }
  }

  @Test func `damage in the middle is told with its place, and the rest is read`() throws {
    let long = String(repeating: "x", count: 1 << 17)
    try write("2026-11-25", Self.line(0))
    try write(
      "2026-11-26",
      Self.line(1) + "\n{}\n[]\n\u{0}\u{1B}\n\(long)\n" + Self.line(2) + "nonsense\n")
    let (rows, reading) = try read()
    #expect(rows == [0, 1, 2])
    #expect(reading.entries == 3 && reading.damagedLines == 5)
    #expect(reading.firstDamaged?.file == temporary["2026-11-26.jsonl"])
    #expect(reading.firstDamaged?.line == 3)
  }

  @Test func `a file may grow while it is read`() throws {
    try write("2026-11-26", Self.line(0) + Self.line(1))
    var rows: [Int] = []
    _ = try ActivityReader(folder).read { entry in
      rows.append(entry.rows ?? -1)
      if rows.count == 1 { try folder.append(Sample.entry(2)) }
    }
    #expect(rows.starts(with: [0, 1]))
    #expect(try read().rows == [0, 1, 2])
  }

  @Test func `an empty folder has no entries, a missing one is an error`() throws {
    #expect(try read().rows == [])
    let error = try #require(throws: FileError.self) {
      try ActivityReader(ActivityFolder(temporary["none"]))
    }
    #expect(error.kind == .missing && error.description.contains("--activity"))
    // A file is no folder.
    try writeFile(temporary["file"]) { try $0.write("") }
    #expect(throws: FileError.self) { try ActivityReader(ActivityFolder(temporary["file"])) }
  }

  @Test func `what the body throws ends the reading`() throws {
    struct Enough: Error {}
    try write("2026-11-26", Self.line(0) + Self.line(1))
    var count = 0
    #expect(throws: Enough.self) {
      _ = try ActivityReader(folder).read { _ in
        count += 1
        throw Enough()
      }
    }
    #expect(count == 1)
  }
}
