import Files
import Foundation
import Testing

/// `activity` as a user runs it.
struct ActivityTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
  }

  private static func line(
    _ time: String, name: String = "Power BI", token: String = "0123456789ab",
    action: String = "subscriptions", query: String = "top=100", status: Int = 200
  ) -> String {
    let value: JSONValue = [
      "time": .string(time), "token": .string(token), "name": .string(name),
      "role": "reportViewer", "via": "bearer", "peer": "127.0.0.1", "method": "GET",
      "action": .string(action), "query": .string(query), "status": .integer(status), "rows": 100,
      "bytes": 20_480, "milliseconds": 1.25,
    ]
    return value.serialized(pretty: false) + "\n"
  }

  /// Two days of three accesses, and a line that a killed service left unfinished.
  private func writeLog() throws {
    try folder.write(
      "activity/2026-11-25.jsonl",
      Self.line("2026-11-25T23:59:59.999Z")
        + Self.line(
          "2026-11-25T23:59:59.999Z", token: "aaaaaaaaaaaa", action: "signIn", status: 401))
    try folder.write(
      "activity/2026-11-26.jsonl",
      Self.line(
        "2026-11-26T08:00:00.000Z", name: "=cmd|'x'!A1\u{1B}[31m", action: "risk", query: "+a=1")
        + "{\"time\":\"2026-11-26T08:")
  }

  private func lines(_ words: [String]) throws -> [JSONValue] {
    try program.succeed(["activity", "--format", "json"] + words).output.split(separator: "\n")
      .map { try JSONValue(parsing: Array($0.utf8), path: "output") }
  }

  @Test func `the table says who asked for what and when, and steers no terminal`() throws {
    try writeLog()
    let outcome = try program.succeed(["activity"])
    let rows = outcome.output.split(separator: "\n").map(String.init)
    #expect(rows.count == 5)
    #expect(rows[2].hasPrefix("2026-11-25 23:59:59  Power BI"))
    #expect(rows[2].contains("GET subscriptions  top=100"))
    #expect(rows[3].contains("aaaaaaaaaaaa") && rows[3].contains("401"))
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.errors.contains("3 entries."))
    #expect(outcome.errors.contains("1 line of the log cannot be read"))
    #expect(outcome.errors.contains("activity/2026-11-26.jsonl:2"))
  }

  @Test func `JSON Lines are the lines of the log`() throws {
    try writeLog()
    let whole = try program.succeed(["activity", "--format", "json"]).output
    let log =
      try folder.text("activity/2026-11-25.jsonl") + folder.text("activity/2026-11-26.jsonl")
    #expect(log.hasPrefix(whole) && whole.hasSuffix("\n"))
    #expect(whole.split(separator: "\n").count == 3)
  }

  @Test func `CSV is no formula, and an independent reader gets every field back`() throws {
    try writeLog()
    let csv = try program.succeed(["activity", "--format", "csv"]).output
    try folder.write("log.csv", csv)
    let python = """
      import csv, json
      rows = list(csv.DictReader(open("log.csv", newline="", encoding="utf-8")))
      print(json.dumps(rows))
      """
    let read = try Program.execute("/usr/bin/python3", ["-c", python], folder: folder.path)
    let rows = try JSONValue(parsing: Array(read.output.utf8), path: "python").array ?? []
    #expect(rows.count == 3)
    #expect(rows.map { $0["time"]?.string } == (try lines([])).map { $0["time"]?.string })
    #expect(rows.last?["name"]?.string?.hasPrefix("'=cmd|") == true)
    #expect(rows.last?["query"]?.string == "'+a=1")
    #expect(rows.first?["milliseconds"]?.string == "1.25")
    #expect(
      csv.hasPrefix(
        "time,token,name,role,via,peer,method,action,query,status,rows,bytes,milliseconds\n"))
  }

  @Test func `days, tokens, resources and the last ones can be asked for`() throws {
    try writeLog()
    #expect(try lines(["--from", "2026-11-26"]).count == 1)
    #expect(try lines(["--to", "2026-11-25"]).count == 2)
    #expect(try lines(["--from", "2026-11-27"]).isEmpty)
    #expect(try lines(["--token", "aaaaaaaaaaaa"]).map { $0["status"]?.int } == [401])
    #expect(try lines(["--resource", "SIGNIN"]).map { $0["status"]?.int } == [401])
    #expect(try lines(["--resource", "signIn", "--token", "0123456789ab"]).isEmpty)
    #expect(try lines(["--last", "2"]).map { $0["action"]?.string } == ["signIn", "risk"])
    #expect(try lines(["--last", "1"]).map { $0["action"]?.string } == ["risk"])
    let table = try program.succeed(["activity", "--last", "1"])
    #expect(
      table.output.split(separator: "\n").count == 3 && table.errors.contains("The last 1 of 3"))
    let backwards = try program.run(["activity", "--from", "2026-11-26", "--to", "2026-11-25"])
    #expect(backwards.status == 64)
  }

  @Test func `of a long log the table shows the last thousand, in order`() throws {
    let all = (0..<1_203).map { Self.line("2026-11-26T08:00:00.000Z", query: "skip=\($0)") }
    try folder.write("activity/2026-11-26.jsonl", all.joined())
    let outcome = try program.succeed(["activity"])
    let numbers = outcome.output.matches(of: #/skip=(\d+)/#).compactMap { Int($0.output.1) }
    #expect(numbers == Array(203..<1_203))
    #expect(outcome.errors.contains("The last 1,000 of 1,203 entries"))
    #expect(try lines([]).count == 1_203)
  }

  @Test func `commands that change tokens note it, the first one too`() throws {
    let add = ["tokens", "add", "B&role=globalAdmin", "--role", "adminAgent"]
    let token = try program.succeed(add).output
    let id = String(try #require(token.firstMatch(of: #/crt_([0-9a-f]{12})_/#)).output.1)
    try program.succeed(["tokens", "revoke", id])
    try program.succeed(["tokens", "revoke", id])
    let entries = try lines([])
    #expect(entries.map { $0["method"]?.string } == ["add", "revoke"])
    for entry in entries {
      #expect(entry["via"]?.string == "command" && entry["action"]?.string == "tokens")
      #expect(entry["query"]?.string == "id=\(id)&role=adminAgent&name=B%26role%3DglobalAdmin")
      #expect(entry["peer"]?.string == "user \(getuid())" && entry["token"] == .null)
    }
    #expect(try lines(["--token", id]).count == 2)
    #expect(try lines(["--token", "0123456789ab"]).isEmpty)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("activity"))
    let name = try #require(files.first)
    // The secret may have an underscore of its own.
    let secret = try #require(token.firstMatch(of: #/crt_[0-9a-f]{12}_(\S+)/#)).output.1
    #expect(secret.count > 20)
    #expect(files.count == 1)
    #expect(!(try folder.text("activity/\(name)")).contains(secret))
    let modes = try ["activity", "activity/\(name)"].map {
      try FileManager.default.attributesOfItem(atPath: folder.path($0))[.posixPermissions] as? Int
    }
    #expect(modes == [0o700, 0o600])
  }

  @Test func `a change that cannot be noted is made all the same, and told`() throws {
    try folder.write("file", "no folder")
    let words = ["tokens", "add", "A", "--role", "adminAgent", "--activity", "file", "--quiet"]
    let outcome = try program.succeed(words)
    #expect(outcome.output.hasPrefix("crt_"))
    #expect(outcome.errors.contains("file: is a file; expected a folder"))
  }

  @Test func `a missing log is 66 and says how to name it`() throws {
    let outcome = try program.run(["activity", "--activity", "none"])
    #expect(outcome.status == 66 && outcome.errors.contains("Name it with --activity."))
    try writeLog()
    var elsewhere = Program(folder: "/tmp")
    elsewhere.environment = ["CHURN_RISK_ACTIVITY": folder.path("activity")]
    #expect(try elsewhere.succeed(["activity"]).errors.contains("3 entries"))
  }
}
