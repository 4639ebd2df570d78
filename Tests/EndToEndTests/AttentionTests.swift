import CommandLineKit
import Files
import Foundation
import History
import Testing

@testable import churn_risk

/// What needs a person: in every JSON output, on standard error, and as an exit status where asked for.
struct AttentionTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
  }

  /// An export of 2026-01-26 and usage that ends on `day`.
  private func importExports(usageThrough day: String) throws {
    try folder.write("2026-01-26/s.json", Exports.envelope([Exports.subscription(1)]))
    try folder.write("2026-01-26/u.jsonl", Exports.usage(1, day: day))
    try program.succeed(["import", "2026-01-26"])
  }

  private func attention(_ json: String) throws -> [JSONValue] {
    try #require(JSONValue(parsing: Array(json.utf8), path: "")["attention"]?.array)
  }

  @Test func `stale usage is 2 where asked for, and stands in the output and beside it`() throws {
    try importExports(usageThrough: "2026-01-02")
    let status = try program.run(["status", "--json", "--detailed-exit-code"])
    #expect(status.status == 2)
    #expect(try attention(status.output).count == 1)
    #expect(status.errors.contains("Attention: Usage ends on 2026-01-02, 24 days before"))
    #expect(try program.run(["status"]).status == 0)
    try program.succeed(["train"])
    let score = try program.run(["score", "--detailed-exit-code", "--quiet"])
    #expect(score.status == 2)
    #expect(score.errors.contains("Attention: The usage of source 'default' ends on 2026-01-02"))
    let json = try program.run(["score", "--detailed-exit-code", "--output", "-"])
    #expect(json.status == 2)
    #expect(
      try attention(json.output).contains { $0["code"]?.string == "usageStale" })
  }

  @Test func `an error of the quality report is 2, and stands in attention`() throws {
    // Three of four usage rows cannot be used.
    try folder.write("2026-01-26/s.json", Exports.envelope([Exports.subscription(1)]))
    try folder.write(
      "2026-01-26/u.jsonl",
      ["2026-01-25", "soon", "later", "never"].map { Exports.usage(1, day: $0) }
        .joined(separator: "\n"))
    try program.succeed(["import", "2026-01-26"])
    let status = try program.run(["status", "--json", "--detailed-exit-code"])
    #expect(status.status == 2)
    let remarks = try attention(status.output)
    #expect(remarks.map { $0["code"]?.string } == ["quality"])
    #expect(
      remarks[0]["text"]?.string?.contains("more than 20 % of the file was rejected") ?? false)
    #expect(status.errors.contains("more than 20 %"))
  }

  @Test func `a history in order is 0`() throws {
    try importExports(usageThrough: "2026-01-25")
    let status = try program.run(["status", "--json", "--detailed-exit-code"])
    #expect(status.status == 0 && status.errors == "")
    #expect(try attention(status.output).isEmpty)
  }

  @Test func `training on too little is 2, and so is an import with rejected rows`() throws {
    try folder.write(
      "2026-01-05/s.json",
      Exports.envelope([Exports.subscription(1), Exports.subscription(2, ["id": "null"])]))
    let imported = try program.run(["import", "2026-01-05", "--detailed-exit-code", "--json"])
    #expect(imported.status == 2)
    #expect(imported.errors.contains("Attention: Rejected 1 row: "))
    #expect(
      try attention(imported.output).map { $0["code"]?.string } == ["rowsRejected"])
    #expect(try program.run(["import", "2026-01-05", "--detailed-exit-code"]).status == 0)
    let train = try program.run(["train", "--detailed-exit-code"])
    #expect(train.status == 2)
    #expect(train.errors.contains("Attention: No model was fitted"))
    #expect(folder.exists("model/model.json"))
    let evaluation = try attention(folder.text("model/evaluation.json"))
    #expect(evaluation.contains { $0["code"]?.string == "tooLittleHistory" })
  }

  @Test func `an unknown column is a note, which needs nobody`() throws {
    try folder.write(
      "2026-01-05/s.json", Exports.envelope([Exports.subscription(1, ["novelty": "1"])]))
    let outcome = try program.run(["import", "2026-01-05", "--detailed-exit-code", "--json"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("Note: Unknown column 'novelty' in 1 row"))
    #expect(try attention(outcome.output).map { $0["severity"]?.string } == ["information"])
    #expect(
      try program.run(["import", "2026-01-05", "--source", "b", "--quiet"]).errors == "")
  }

  @Test func `the list of imports names files that only the file system dates`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    let dated = try program.succeed(["imports", "--json"])
    #expect(try attention(dated.output).isEmpty && dated.errors == "")
    try folder.write("undated.json", Exports.envelope([Exports.subscription(2)]))
    try program.succeed(["import", "undated.json"])
    let undated = try program.succeed(["imports", "--json"])
    #expect(try attention(undated.output).map { $0["code"]?.string } == ["dayFromFileSystem"])
    #expect(undated.errors.contains("Attention: 1 export, import 2 the first, took the day"))
    let list = try JSONValue(parsing: Array(undated.output.utf8), path: "")["imports"]?.array
    #expect(
      list?.map { $0["format"]?.string } == Array(repeating: "subscription analytics", count: 2))
    #expect(list?.allSatisfy { $0["kind"] == nil } == true)
    let removed = try program.succeed(["imports", "remove", "2", "--json"])
    #expect(try attention(removed.output).isEmpty)
  }

  @Test func `metrics of a table carry what was noted about it`() throws {
    let rows = (0..<60).map { "\($0),\($0 % 3 == 0 ? "none" : "\($0)"),\($0 % 7 < 3 ? 1 : 0)\n" }
    try folder.write("t.csv", "x,mixed,y\n" + rows.joined())
    try program.succeed(["cross-validate", "t.csv", "--label", "y", "--metrics", "m.json"])
    #expect(
      try attention(folder.text("m.json")).contains {
        $0["text"]?.string?.contains("'mixed' holds numbers") == true
      })
  }

  @Test func `a store that another program is writing to is 75`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try folder.write("2026-01-12/s.json", Exports.envelope([Exports.subscription(2)]))
    try program.succeed(["import", "2026-01-05"])
    try folder.write(
      "lock.py",
      """
      import sqlite3, sys, time
      store = sqlite3.connect("churn-risk.sqlite", isolation_level=None)
      store.execute("BEGIN IMMEDIATE")
      open("locked", "w").close()
      time.sleep(60)
      """)
    try folder.write(
      "run.sh",
      """
      timeout 90 /usr/bin/python3 lock.py &
      trap "kill $!" EXIT
      for _ in $(seq 300); do [ -e locked ] && break; sleep 0.1; done
      "$1" import 2026-01-12
      """)
    let outcome = try Program.execute(
      "/bin/bash", ["run.sh", Program.path], folder: folder.path)
    #expect(outcome.status == 75, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("another process is writing to the store. Try again"))
    #expect(try program.succeed(["imports"]).output.contains("1 import."))
  }

  @Test func `every kind of trouble has the status that schedulers rely on`() {
    let expected: [(HistoryError.Kind, ExitCode)] = [
      (.usage, .usage), (.unusable, .unusableInput), (.missing, .missingInput),
      (.unwritable, .cannotWrite), (.busy, .busy), (.failed, .failure),
    ]
    for (kind, code) in expected {
      #expect(HistoryError(kind, path: "p", what: "w").exitCode == code)
    }
    #expect(ExitCode.busy.rawValue == 75)
    for (kind, code) in [
      (.missing, .missingInput), (.unusable, .unusableInput), (.unwritable, .cannotWrite),
    ] as [(FileError.Kind, ExitCode)] {
      #expect(FileError(kind: kind, path: "p", what: "w").exitCode == code)
      #expect(!FileError(kind: kind, path: "p", what: "w").isSilent)
    }
  }
}
