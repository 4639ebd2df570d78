import Files
import Glibc
import TestSupport
import Testing

@testable import History

/// Every kind of bad input: a clear error, nothing lost, nothing half-written.
struct BadInputTests {
  /// A store with one export in it, and what it answers.
  private func filled() throws -> (folder: ExportFolder, before: String) {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    return (folder, try folder.logicalDump())
  }

  /// Imports a named file into a filled store, and checks that it fails and changes nothing.
  private func failure(
    _ name: String, _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> HistoryError {
    let (folder, before) = try filled()
    folder.write(name, bytes: bytes)
    let report = try folder.import(name, on: "2025-01-13")
    #expect(try folder.logicalDump() == before, sourceLocation: sourceLocation)
    // Nor is a store left behind where there was none.
    let other = ExportFolder()
    other.write(name, bytes: bytes)
    #expect(try other.import(name, on: "2025-01-13").failure != nil, sourceLocation: sourceLocation)
    #expect(!other.has("store.sqlite"), sourceLocation: sourceLocation)
    #expect(!other.has("store.sqlite-wal"), sourceLocation: sourceLocation)
    return try #require(report.failure, sourceLocation: sourceLocation)
  }

  private func failure(
    _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> HistoryError {
    try failure(name, Array(text.utf8), sourceLocation: sourceLocation)
  }

  @Test func `names a path that is missing before anything is imported`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    let error = #expect(throws: HistoryError.self) {
      try folder.import("2025-01-06.json", "2025-01-31.json")
    }
    #expect(error?.kind == .missing)
    #expect(error?.path == folder["2025-01-31.json"])
    #expect(!folder.has("store.sqlite"))
  }

  @Test func `needs a day for standard input`() throws {
    let folder = ExportFolder()
    let store = try HistoryStore.open(folder.storePath, for: .rehearsing)
    let error = #expect(throws: HistoryError.self) { try Importer(store).import(paths: ["-"]) }
    #expect(error?.kind == .usage)
    #expect(error?.remedy?.contains("--observed-on") == true)
  }

  @Test func `says that a named file is empty`() throws {
    let error = try failure("a.json", "")
    #expect(error.kind == .unusable)
    #expect(error.what == "there is nothing in it")
    #expect(try failure("a.json", " \n \n").what == "there is nothing in it")
  }

  @Test func `says that gzip data is cut off`() throws {
    let whole = gzipped(envelope((1...50).map { subscriptionRow($0) }))
    let error = try failure("a.json.gz", Array(whole.dropLast(20)))
    #expect(error.kind == .unusable)
    #expect(error.what.contains("gzip"))
    let lines = gzipped(jsonLines((1...50).map { usageRow($0, "2025-01-01", "\($0)") }))
    #expect(try failure("a.jsonl.gz", Array(lines.dropLast(9))).what.contains("gzip"))
  }

  @Test func `names line and column where a document stops being JSON`() throws {
    let text = "{\"Value\":[\n\(subscriptionRow(1)),\n\(subscriptionRow(2))\n],,\"x\":1}"
    let error = try failure("a.json", text)
    #expect(error.kind == .unusable)
    #expect(error.line == 4)
    #expect(error.column != nil)
    let cut = try failure("a.json", "{\"Value\":[\n\(subscriptionRow(1)),\n\(subscriptionRow(2))")
    #expect(cut.line == 3)
  }

  @Test func `rejects a row that is broken inside and loads the others`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      "{\"Value\":[\n\(subscriptionRow(1)),\n{\"id\":nul},\n\(subscriptionRow(2))\n]}")
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-01", "1"), "{\"usageDate\":", usageRow(1, "2025-01-02", "1")])
    )
    for name in ["2025-01-06.json", "2025-01-06.jsonl"] {
      let file = try folder.import(name).files[0]
      #expect((file.rowsAccepted, file.rowsRejected) == (2, 1))
      #expect(file.rejections[0].line == (name.hasSuffix("l") ? 2 : 3))
      #expect(file.rejections[0].reason.hasPrefix("not valid JSON"))
    }
  }

  @Test func `fails with the first reason when no row can be used`() throws {
    let error = try failure(
      "a.jsonl", jsonLines([usageRow(1, "2025-02-30", "1"), usageRow(1, "2025-01-01", "-1")]))
    #expect(error.kind == .unusable)
    #expect(error.what == "no row can be used (2 rejected, 0 ignored)")
    #expect(error.remedy?.contains("line 1, the date is impossible") == true)
  }

  @Test func `rejects rows without a usable id or date`() throws {
    let folder = ExportFolder()
    let good = subscriptionRow(1)
    let id = "\"id\":\"\(guid(1).description.uppercased())\""
    let impossible = [
      "creationDate", "effectiveStartDate", "commitmentEndDate", "trialToPaidConversionDate",
      "trialStartDate", "trialEndDate", "lastUsageDate", "deprovisionedDate",
    ]
    folder.write(
      "2025-01-06.json",
      envelope(
        [
          good, good.replacing(id + ",", with: ""), good.replacing(id, with: "\"id\":null"),
          good.replacing(id, with: "\"id\":\"plan 7\""),
        ] + impossible.map { subscriptionRow(1, "\"\($0)\":\"2025-02-30T00:00:00\"") } + [
          subscriptionRow(1, "\"lastUsageDate\":\"2100-01-01\""),
          subscriptionRow(1, "\"lastRenewalDate\":\"soon\""),
        ]))
    let file = try folder.import("2025-01-06.json").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (2, 12))
    #expect(file.rejections.map(\.column) == ["id", "id", "id"] + impossible + ["lastUsageDate"])
    #expect(file.notes.map(\.name) == ["lastRenewalDate=(not a date)"])
  }

  @Test func `skips a line of 20 MB without keeping it`() throws {
    let folder = ExportFolder()
    let long = usageRow(1, "2025-01-01", "1")
      .replacing("\"S1\"", with: "\"" + String(repeating: "x", count: 20_000_000) + "\"")
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-02", "1"), long, usageRow(1, "2025-01-03", "1")]))
    let file = try folder.import("2025-01-06.jsonl").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (2, 1))
    #expect(file.rejections[0].line == 2)
    #expect(file.rejections[0].reason.hasPrefix("the line is longer than 1 MiB"))
  }

  @Test(arguments: [
    "Dear partner,\nplease find attached\n", "a,b,c\n1,2,3\n", "[1,2,3]", "{\"a\":1}", "[]",
    "<html></html>", "SQLite format 3\u{0}", "PK\u{3}\u{4}\u{0}\u{0}", "null", "\"text\"",
  ])
  func `says that a named file is of another kind`(text: String) throws {
    let error = try failure("a.json", text)
    #expect(error.kind == .unusable)
  }

  @Test func `says that an answer of the API is an error message`() throws {
    let throttled = #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 s."}"#
    #expect(try failure("a.json", throttled).what.contains("error message"))
    let refused = #"{"code":800001,"description":"Partner token missing","data":[],"source":"x"}"#
    #expect(try failure("a.json", refused).what.contains("error message"))
  }

  @Test func `says where a text stops being UTF-16`() throws {
    let text = envelope([subscriptionRow(1)])
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let error = try failure("a.json", bytes.dropLast())
    #expect(error.what == "byte \(bytes.count - 1) is no UTF-16LE")
  }

  @Test func `survives files of random bytes`() throws {
    var generator = SeededGenerator(seed: 7)
    let (folder, before) = try filled()
    let seeds =
      [
        envelope([subscriptionRow(1), subscriptionRow(2)]),
        jsonLines([usageRow(1, "2025-01-01", "1"), usageRow(2, "2025-01-01", "1")]),
        "customerMarket,accountManager,email\nUS,Ann,\n\"DE\",\"Bo\",\n",
        "subscriptionId;reason;from\n\(guid(1));fraud;2025-01-01\n\(guid(2));test;\n",
      ].map { Array($0.utf8) } + [gzipped(jsonLines([usageRow(1, "2025-01-01", "1")]))]
    var failures = 0
    for number in 0..<150 {
      var bytes = seeds[number % seeds.count]
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch number % 3 {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: position)
        default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        }
      }
      folder.write("x", bytes: bytes)
      let file = try folder.import("x", on: "2025-02-01").files[0]
      switch file.outcome {
      case .imported:
        // What came in can be taken back.
        let id = try #require(file.importId)
        try HistoryStore.open(folder.storePath, for: .changing).remove(importId: id)
      case .failed(let error):
        #expect(error.kind == .unusable)
        failures += 1
      default: Issue.record("\(file.outcome)")
      }
      #expect(try folder.logicalDump() == before, "round \(number): \(bytes)")
    }
    // Both happen, or this would prove little.
    #expect((30...120).contains(failures), "\(failures) of 150 failed")
  }

  @Test func `reads gzip members one after the other, and warns of what follows them`() throws {
    let folder = ExportFolder()
    let members = (1...3).map { gzipped(jsonLines([usageRow($0, "2025-01-01", "1")])) }
    folder.write("2025-01-06.gz", bytes: Array(members.joined()) + Array("rubbish".utf8))
    let file = try folder.import("2025-01-06.gz").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (3, 0))
    #expect(file.warnings == ["something that is no gzip follows the gzip data; it was ignored"])
  }

  @Test func `refuses a file that inflates without end`() throws {
    // 100 MB of spaces shrink more than 1,000 times; so would a terabyte of them.
    let folder = ExportFolder()
    try writeFile(folder["2025-01-06.json"], gzip: true) { output in
      try output.write("{\"Value\":[\(subscriptionRow(1)),")
      let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
      for _ in 0..<100 { try output.write(spaces) }
      try output.write("]}")
    }
    let failure = try #require(try folder.import("2025-01-06.json").failure)
    #expect(failure.kind == .unusable)
    #expect(failure.what.contains("grows"))
    #expect(!folder.has("store.sqlite"))
  }

  @Test func `fails when a file becomes shorter while it is read`() throws {
    let (folder, before) = try filled()
    let path = folder.write(
      "2025-01-13.jsonl",
      jsonLines((0..<70_000).map { usageRow(1, "\(day("2025-01-01") + $0 % 30)", "\($0)") }))
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    let report = try Importer(store).import(paths: [path]) { progress in
      // SAFETY: the string lives as a C string for the duration of the call.
      if progress.rows > 0 { _ = unsafe truncate(path, 20_000_000) }
    }
    #expect(report.failure?.kind == .unusable)
    #expect(report.failure?.what == "the file was changed while it was read")
    #expect(try folder.logicalDump() == before)
  }

  @Test func `never tells a customer's name in an error or a rejection`() throws {
    let folder = ExportFolder()
    let secret = "Fabulous Customer"
    let bad = subscriptionRow(1, "\"deprovisionedDate\":\"\(secret)\"")
      .replacing("Customer 1", with: secret)
    folder.write("2025-01-06.json", envelope([bad, "{\"customerName\":\"\(secret)\""]))
    folder.write("2025-01-07.json", envelope([bad]))
    folder.write("2025-01-08.jsonl", bad + "\n" + "{\"customerName\":\"\(secret)\",,}\n")
    for name in ["2025-01-06.json", "2025-01-07.json", "2025-01-08.jsonl"] {
      let report = try folder.import(name)
      let failure = try #require(report.failure)
      #expect(!"\(report)".contains(secret))
      #expect(!failure.description.contains(secret))
    }
  }
}
