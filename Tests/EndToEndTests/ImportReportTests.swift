import Files
import Foundation
import Testing

/// What `import` says about the files of a run.
struct ImportReportTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
  }

  private func file(_ name: String, of json: String) throws -> JSONValue {
    let files = try JSONValue(parsing: Array(json.utf8), path: "")["files"]?.array ?? []
    return try #require(files.first { $0["file"]?.string == name })
  }

  @Test func `quiet hides no error of any file`() throws {
    for name in ["a.json", "b.json", "c.json"] { try folder.write(name, "") }
    let outcome = try program.run(["import", "a.json", "b.json", "c.json", "--quiet"])
    #expect(outcome.status == 65)
    for name in ["a.json", "b.json", "c.json"] {
      #expect(outcome.errors.contains("Error: \(name): there is nothing in it"))
    }
  }

  @Test func `JSON tells why a file failed, was skipped, or changed nothing`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    try folder.write("2026-01-05/notes.txt", "Call back.\n")
    try folder.write("bad.json", "")
    let outcome = try program.run(["import", "2026-01-05", "bad.json", "--json"])
    #expect(outcome.status == 65)
    func reason(_ name: String) throws -> String {
      try #require(try file(name, of: outcome.output)["reason"]?.string)
    }
    #expect(try reason("bad.json").contains("there is nothing in it"))
    #expect(try reason("2026-01-05/notes.txt") == "this is no export that is known")
    #expect(try reason("2026-01-05/s.json").contains("import 1"))
    let attention = try JSONValue(parsing: Array(outcome.output.utf8), path: "")["attention"]?.array
    #expect(attention?.first?["code"]?.string == "fileFailed")
    #expect(attention?.first?["text"]?.string?.hasPrefix("bad.json: ") == true)
  }

  @Test func `a file that was taken has no reason`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    let outcome = try program.succeed(["import", "2026-01-05", "--json"])
    let taken = try file("2026-01-05/s.json", of: outcome.output)
    #expect(taken["reason"] == .null && taken["format"]?.string == "subscription analytics")
  }

  @Test func `skipped files stand by name with the whole reason, however many files there are`()
    throws
  {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    for number in 1...40 { try folder.write("2026-01-05/note-\(number).txt", "Call back.\n") }
    let outcome = try program.succeed(["import", "2026-01-05"])
    #expect(outcome.output.contains("Skipped 40 files:\n"))
    for number in 1...40 {
      #expect(
        outcome.output.contains(
          "  2026-01-05/note-\(number).txt: this is no export that is known\n"))
    }
    #expect(outcome.output.contains("1 of 41 files imported: 1 row; 40 skipped.\n"))
  }

  @Test func `a folder without any export is a failure that JSON tells as well`() throws {
    try folder.write("exports/notes.txt", "Call back.\n")
    let outcome = try program.run(["import", "exports", "--json"])
    #expect(outcome.status == 65)
    let attention = try JSONValue(parsing: Array(outcome.output.utf8), path: "")["attention"]?.array
    #expect(attention?.map { $0["code"]?.string } == ["nothingToImport"])
    try FileManager.default.createDirectory(
      atPath: folder.path("empty"), withIntermediateDirectories: false)
    let empty = try program.run(["import", "empty"])
    #expect(empty.status == 66 && empty.output == "")
  }

  @Test func `warnings that differ by their days are told once`() throws {
    // Nobody modified these files on or after the days they are named for.
    for day in 1...4 {
      try folder.write("2090-01-0\(day)/s.json", Exports.envelope([Exports.subscription(day)]))
    }
    let outcome = try program.succeed(["import", "."])
    let lines = outcome.errors.split(separator: "\n").filter {
      $0.contains("in the future of the file")
    }
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("Attention: ./2090-01-01/s.json: ") == true)
    #expect(lines.first?.hasSuffix(" (and 3 more files alike).") == true)
  }

  @Test func `days that lost most of their usage need a person, ordinary corrections do not`()
    throws
  {
    func write(_ folder: String, _ quantity: Int) throws {
      try self.folder.write(
        "\(folder)/u.jsonl",
        (1...8).map { Exports.usage($0, day: "2026-01-04", ["quantity": "\(quantity)"]) }
          .joined(separator: "\n"))
    }
    try write("2026-01-05", 24)
    try write("2026-01-12", 20)
    try write("2026-01-19", 3)
    let words = ["import", "--detailed-exit-code"]
    #expect(try program.run(words + ["2026-01-05"]).status == 0)
    let ordinary = try program.run(words + ["2026-01-12"])
    #expect(ordinary.status == 0)
    #expect(ordinary.errors.hasPrefix("Note: 2026-01-12/u.jsonl: usage lines lower"))
    let partial = try program.run(words + ["2026-01-19"])
    #expect(partial.status == 2)
    #expect(partial.errors.contains("Attention: 2026-01-19/u.jsonl: usage lines lower"))
    // A question has its mark, and no full stop behind it.
    #expect(partial.errors.contains("missing?\n"), "\(partial.errors)")
  }

  @Test func `pages need no attention when the last one is there`() throws {
    let pages = (1...2).map { number in
      "{\"Value\":[\(Exports.subscription(number))],\"@nextLink\":"
        + "\(number == 1 ? "\"https://example.com/2\"" : "null"),\"TotalCount\":2}"
    }
    try folder.write("2026-01-05/subscriptions-1.json", pages[0])
    let first = try program.succeed(["import", "2026-01-05", "--dry-run"])
    #expect(first.errors.contains("names a next page"))
    try folder.write("2026-01-05/subscriptions-2.json", pages[1])
    #expect(try program.succeed(["import", "2026-01-05"]).errors == "")
  }

  @Test func `importing again counts nothing that was counted before`() throws {
    let lines = [
      Exports.usage(1, day: "2026-01-01"), Exports.usage(1, day: "2026-01-01"),
      Exports.usage(1, day: "2026-01-02", ["quantity": "-3"]),
    ]
    try folder.write("2026-01-05/u.jsonl", lines.joined(separator: "\n"))
    let first = try program.succeed(["import", "2026-01-05"]).output
    #expect(first.contains("1 of 1 file imported: 2 rows, 1 rejected.\n"))
    #expect(
      first.contains(
        "Usage lines: 1 new, 0 known already, 0 corrected; 1 row repeated in the same file.\n"))
    let again = try program.succeed(["import", "2026-01-05"]).output
    #expect(again.hasSuffix("\n0 of 1 file imported; 1 imported before.\n"))
  }

  @Test func `a subscription listed twice is no usage line`() throws {
    let rows = [
      Exports.subscription(1), Exports.subscription(1),
      Exports.subscription(1, ["friendlyName": "\"Other\""]),
    ]
    try folder.write("2026-01-05/s.json", Exports.envelope(rows))
    let outcome = try program.succeed(["import", "2026-01-05"])
    #expect(!outcome.output.contains("Usage lines"))
    #expect(
      outcome.output.contains(
        "Rows that list a subscription of their file again: 1 alike, 1 with a difference"))
  }

  @Test func `rejected rows on standard output come without the table`() throws {
    try folder.write(
      "2026-01-05/s.json",
      Exports.envelope([Exports.subscription(1), Exports.subscription(2, ["id": "null"])]))
    let outcome = try program.succeed(["import", "2026-01-05", "--rejects", "-"])
    #expect(outcome.output.hasPrefix("file,line,column,reason\n2026-01-05/s.json,"))
    #expect(outcome.output.split(separator: "\n").count == 2)
  }
}
