import Foundation
import Testing

/// Every bad input of a partner's life: a clear error, nothing lost, nothing half-written.
struct BadInputTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
  }

  private func expect(
    _ words: [String], status: Int32, says texts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try program.run(words)
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
    for text in texts {
      #expect(
        (outcome.output + outcome.errors).contains(text),
        "'\(text)' is not in: \(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    }
  }

  @Test func `a missing path is 66 and makes no store`() throws {
    try expect(["import", "nowhere.json"], status: 66, says: "nowhere.json")
    #expect(!folder.exists("churn-risk.sqlite"))
  }

  @Test func `an empty file is 65 when it is named`() throws {
    try folder.write("2026-01-05.json", "")
    try expect(["import", "2026-01-05.json"], status: 65, says: "2026-01-05.json", "nothing in it")
    #expect(!folder.exists("churn-risk.sqlite"))
  }

  @Test func `a truncated gzip file is 65 and changes nothing`() throws {
    let rows = (0..<200).map { Exports.usage($0, day: "2026-01-0\($0 % 5 + 1)") }
    try folder.write("2026-01-06/usage.jsonl", rows.joined(separator: "\n"))
    let gzip = try Program.execute(
      "/bin/gzip", ["-k", "2026-01-06/usage.jsonl"], folder: folder.path)
    #expect(gzip.status == 0)
    let whole = try folder.bytes("2026-01-06/usage.jsonl.gz")
    try folder.write("2026-01-06/cut.jsonl.gz", whole.prefix(whole.count * 2 / 3))
    try expect(
      ["import", "2026-01-06/cut.jsonl.gz"], status: 65, says: "cut.jsonl.gz", "ends too early")
    #expect(!folder.exists("churn-risk.sqlite"))
  }

  @Test func `invalid JSON in the middle of a document is 65, with line and column`() throws {
    let rows = (1...3).map { Exports.subscription($0) }
    let broken = "{\"Value\":[\n\(rows[0]),\n\(rows[1])\n}{\n\(rows[2])]}"
    try folder.write("2026-01-05/subscriptions.json", broken)
    try expect(
      ["import", "2026-01-05/subscriptions.json"], status: 65, says: "subscriptions.json:4")
    #expect(!folder.exists("churn-risk.sqlite"))
  }

  @Test func `invalid JSON on one line of many rejects that line alone`() throws {
    let lines = [
      Exports.usage(1, day: "2026-01-01"), "{\"subscriptionId\": oops",
      Exports.usage(2, day: "2026-01-01"),
    ]
    try folder.write("2026-01-06/usage.jsonl", lines.joined(separator: "\n"))
    try expect(
      ["import", "2026-01-06/usage.jsonl", "--rejects", "rejects.csv"], status: 0,
      says: "2 new", "Rejected 1 row:", "usage.jsonl:2")
    let rejects = try folder.text("rejects.csv")
    #expect(rejects.hasPrefix("file,line,column,reason\n"))
    #expect(rejects.contains("usage.jsonl,2,"))
  }

  @Test(arguments: [
    ("\"id\"", ["id": "null"]), ("\"id\"", ["id": "\"4711\""]),
    ("creationDate", ["creationDate": "\"2026-02-30T00:00:00\""]),
  ]) func `a row without a usable id or with an impossible date is rejected, the rest loads`(
    column: String, fields: [String: String]
  ) throws {
    let rows = [Exports.subscription(1), Exports.subscription(2, fields), Exports.subscription(3)]
    try folder.write("2026-01-05/subscriptions.json", Exports.envelope(rows))
    try expect(
      ["import", "2026-01-05"], status: 0, says: "2 rows, 1 rejected",
      column.replacingOccurrences(of: "\"", with: ""))
  }

  @Test func `a row that is rejected makes no missing subscription`() throws {
    for (day, end) in [("2026-01-05", "null"), ("2026-01-12", "null"), ("2026-01-19", "\"soon\"")] {
      let rows = (1...6).map { Exports.subscription($0, $0 == 2 ? ["trialEndDate": end] : [:]) }
      try folder.write("\(day)/subscriptions.json", Exports.envelope(rows))
      try program.succeed(["import", day])
    }
    try program.succeed(["train"])
    try program.succeed(["score"])
    let scores = try folder.text("at-risk.json")
    #expect(scores.contains(Exports.id(2).lowercased()))
    #expect(!scores.contains("\"reason\": \"missing\""))
  }

  @Test func `a negative quantity is rejected, the rest loads`() throws {
    let lines = [
      Exports.usage(1, day: "2026-01-01", ["quantity": "-3"]), Exports.usage(1, day: "2026-01-02"),
    ]
    try folder.write("2026-01-06/usage.jsonl", lines.joined(separator: "\n"))
    try expect(["import", "2026-01-06"], status: 0, says: "1 row, 1 rejected", "quantity")
  }

  @Test func `an unknown status loads, is noted, and is listed as excluded`() throws {
    let rows = [Exports.subscription(1), Exports.subscription(2, ["status": "\"EXPIRED\""])]
    try folder.write("2026-01-05/subscriptions.json", Exports.envelope(rows))
    try expect(
      ["import", "2026-01-05"], status: 0, says: "2 rows", "Unknown value 'status=EXPIRED'")
    try program.succeed(["train"])
    try program.succeed(["score"])
    #expect(try folder.text("at-risk.json").contains("\"reason\": \"unknownStatus\""))
  }

  @Test func `a line of 20 MB is rejected, the rest loads`() throws {
    let long = String(repeating: "x", count: 20_000_000)
    let lines = [
      Exports.usage(1, day: "2026-01-01"),
      Exports.usage(1, day: "2026-01-02", ["customerName": "\"\(long)\""]),
      Exports.usage(1, day: "2026-01-03"),
    ]
    try folder.write("2026-01-06/usage.jsonl", lines.joined(separator: "\n"))
    try expect(["import", "2026-01-06"], status: 0, says: "2 rows, 1 rejected", "usage.jsonl:2")
  }

  @Test func `a file of another kind is 65 when named and skipped inside a folder`() throws {
    try folder.write("2026-01-05/notes.txt", "Call the customer back.\n")
    try folder.write(
      "2026-01-05/subscriptions.json", Exports.envelope([Exports.subscription(1)]))
    try expect(["import", "2026-01-05/notes.txt"], status: 65, says: "notes.txt")
    try expect(["import", "2026-01-05"], status: 0, says: "skipped", "1 of 2 files imported")
  }

  @Test func `a store that is no SQLite file is 65 and stays as it was`() throws {
    let text = String(repeating: "This is a letter, not a database.\n", count: 100)
    try folder.write("letter.sqlite", text)
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try expect(
      ["import", "2026-01-05", "--store", "letter.sqlite"], status: 65, says: "letter.sqlite")
    try expect(["imports", "--store", "letter.sqlite"], status: 65)
    try expect(["train", "--store", "letter.sqlite"], status: 65, says: "letter.sqlite")
    #expect(try folder.text("letter.sqlite") == text)
  }

  @Test func `a store of a newer version is 65 and stays as it was`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    // The version is the big-endian number at byte 60 of an SQLite file.
    var bytes = try folder.bytes("churn-risk.sqlite")
    #expect(Array(bytes[68..<72]) == Array("CRSK".utf8))
    bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
    try folder.write("churn-risk.sqlite", bytes)
    try folder.write("2026-01-12/s.json", Exports.envelope([Exports.subscription(2)]))
    for words in [
      ["import", "2026-01-12"], ["import", "2026-01-12", "--dry-run"], ["status"], ["imports"],
      ["imports", "remove", "1"], ["train"],
    ] {
      try expect(words, status: 65, says: "version 99", "Use the newer churn-risk")
    }
    #expect(try folder.bytes("churn-risk.sqlite") == bytes)
  }

  @Test func `a store that only another command asks for is 66`() throws {
    try expect(["train"], status: 66, says: "churn-risk.sqlite", "import")
    try expect(["imports"], status: 66)
    try expect(["imports", "remove", "1"], status: 66)
    try expect(["status"], status: 66)
    #expect(!folder.exists("churn-risk.sqlite"))
  }

  @Test func `a store in a place that cannot be written is 73`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    // Nobody, not even root, creates files there.
    try expect(
      ["import", "2026-01-05", "--store", "/proc/churn-risk.sqlite"], status: 73,
      says: "/proc/churn-risk.sqlite")
  }

  @Test func `a rejects file that cannot be made is 73 before anything is read`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try expect(
      ["import", "2026-01-05", "--rejects", "/proc/rejects.csv"], status: 73,
      says: "/proc/rejects.csv")
    #expect(!folder.exists("churn-risk.sqlite"))
  }

  @Test func `a rejects file that fails at its end is 73, and the report is not lost`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try expect(
      ["import", "2026-01-05", "--rejects", "/dev/full"], status: 73, says: "/dev/full",
      "1 of 1 file imported", "No space left")
    #expect(try program.succeed(["imports"]).output.contains("1 import"))
  }

  @Test func `what a pipe hands out is read once`() throws {
    let lines = (1...3).map { Exports.usage($0, day: "2026-01-01") }
    try folder.write("2026-01-06/usage.jsonl", lines.joined(separator: "\n"))
    try folder.write("more.jsonl", Exports.usage(4, day: "2026-01-01"))
    // The second import of a day looks whether it has these bytes already.
    try program.succeed(["import", "2026-01-06/usage.jsonl"])
    let outcome = try Program.execute(
      "/bin/bash",
      ["-c", "exec \"$0\" import <(cat more.jsonl) --observed-on 2026-01-06", Program.path],
      folder: folder.path)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("1 of 1 file imported: 1 row"))
  }

  @Test func `outputs in a place that cannot be written are 73`() throws {
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    try expect(["train", "--model", "/proc/model"], status: 73)
    try program.succeed(["train"])
    try expect(["score", "--output", "/proc/at-risk.json"], status: 73)
    try program.succeed(["score"])
    try expect(["export", "--format", "csv", "--output", "/proc/lists"], status: 73)
  }

  @Test func `one single export trains on dated facts and says so, and scores by rules`() throws {
    let rows = (1...40).map { number in
      Exports.subscription(
        number,
        number <= 8
          ? [
            "status": "\"DEPROVISIONED\"",
            "deprovisionedDate": "\"2025-0\(number % 6 + 3)-11T00:00:00\"",
          ] : [:])
    }
    try folder.write("2026-01-05/subscriptions.json", Exports.envelope(rows))
    try program.succeed(["import", "2026-01-05"])
    let train = try program.succeed(["train"])
    #expect(train.output.contains("No model was fitted"))
    #expect(train.errors.contains("churned customers"))
    #expect(train.errors.contains("before the first export"))
    let score = try program.succeed(["score"])
    #expect(score.output.contains("They are no probabilities"))
    try expect(["train", "--learner", "logistic"], status: 65, says: "at least 30 are needed")
  }

  @Test(arguments: [("2025-12-31", "before the first"), ("2026-01-06", "after the last")])
  func `a day outside of the history is 65`(day: String, place: String) throws {
    try folder.write(
      "2026-01-05/subscriptions.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    try program.succeed(["train"])
    try expect(["train", "--as-of", day], status: 65, says: place, "2026-01-05")
    try expect(["score", "--as-of", day], status: 65, says: place)
    #expect(!folder.exists("at-risk.json"))
  }

  @Test func `a horizon shorter than the spacing of the exports is 65`() throws {
    for day in ["2026-01-05", "2026-02-02", "2026-03-02"] {
      try folder.write(
        "\(day)/subscriptions.json", Exports.envelope([Exports.subscription(1)]))
      try program.succeed(["import", day])
    }
    try expect(["train", "--horizon", "14"], status: 65, says: "28 days between exports")
  }

  @Test func `a model that was changed by hand, or that is none, is 65`() throws {
    try folder.write(
      "2026-01-05/subscriptions.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    try program.succeed(["train"])
    let model = try folder.text("model/model.json")
    try folder.write(
      "model/model.json", model.replacingOccurrences(of: "\"lagDays\": 2", with: "\"lagDays\": 3"))
    try expect(["score"], status: 65, says: "model/model.json", "sha256")
    try folder.write("model/model.json", "{}")
    try expect(["score"], status: 65, says: "no model file")
    try expect(["score", "--model", "elsewhere"], status: 66, says: "elsewhere/model.json")
    #expect(!folder.exists("at-risk.json"))
  }

  @Test func `a wrong recipe is 65 and names the nearest key`() throws {
    try folder.write(
      "2026-01-05/subscriptions.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    try folder.write("recipe.json", "{\"horizonDay\": 28}")
    try expect(
      ["train", "--recipe", "recipe.json"], status: 65, says: "Did you mean 'horizonDays'?")
    try expect(["train", "--recipe", "none.json"], status: 66)
    #expect(!folder.exists("model"))
  }
}
