import Files
import Foundation
import Testing

/// `query` as a user runs it.
struct QueryTests {
  /// Three subscriptions and some usage, seen twice; no test changes them.
  private static let folder: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let hostile = ["customerName": "\"=1+1\\u001b[31m\"", "friendlyName": "\"日本電気\""]
    let first = [
      Exports.subscription(1), Exports.subscription(2, hostile), Exports.subscription(3),
    ]
    try folder.write("2026-01-05/s.json", Exports.envelope(first))
    try folder.write(
      "2026-01-12/s.json",
      Exports.envelope([
        first[0], Exports.subscription(2, hostile.merging(["status": "\"SUSPENDED\""]) { $1 }),
        first[2],
      ]))
    try folder.write(
      "2026-01-12/u.json",
      Exports.envelope([
        Exports.usage(1, day: "2025-12-31"), Exports.usage(1, day: "2026-01-01"),
        Exports.usage(2, day: "2026-01-02", ["quantity": "0.5"]),
        Exports.usage(2, day: "2026-01-02", ["meterUnit": "\"1 Hour\"", "quantity": "24"]),
      ]))
    try program.succeed(["import", "2026-01-05", "2026-01-12"])
    return folder
  }

  private static func partner() throws -> Program { Program(folder: try folder.get().path) }

  private static func json(_ program: Program, _ words: [String]) throws -> JSONValue {
    let outcome = try program.succeed(["query"] + words + ["--format", "json"])
    return try JSONValue(parsing: Array(outcome.output.utf8), path: "output")
  }

  @Test func `JSON has the documented envelope, also of nothing`() throws {
    let program = try Self.partner()
    let found = try Self.json(program, ["subscriptions", "--filter", "status eq 'SUSPENDED'"])
    #expect(found["TotalCount"]?.int == 1)
    #expect(found["@nextLink"] == .null)
    #expect(found["Value"]?[0]?["friendlyName"]?.string == "日本電気")
    #expect(found["Value"]?[0]?["creationDate"]?.string == "2025-01-01T00:00:00")
    let before = try Self.json(
      program, ["subscriptions", "--filter", "status eq 'SUSPENDED'", "--as-of", "2026-01-11"])
    #expect(before["Value"]?.array == [] && before["TotalCount"]?.int == 0)
    let months = try Self.json(
      program,
      [
        "usage", "--group-by", "usageDate", "--aggregation-level", "month", "--order-by",
        "Quantity desc",
      ])
    #expect(months["Value"]?.array?.map { $0["Quantity"]?.double } == [24, 20.5, 20])
    #expect(months["Value"]?[0]?["usageDate"]?.string == "2026-01-01T00:00:00")
  }

  @Test func `pages follow each other by the next link`() throws {
    let program = try Self.partner()
    let first = try Self.json(program, ["subscriptions", "--top", "2", "--order-by", "id desc"])
    #expect(
      first["@nextLink"]?.string
        == "/partner/v1/analytics/subscriptions?orderby=id%20desc&top=2&skip=2")
    let second = try Self.json(
      program, ["subscriptions", "--top", "2", "--skip", "2", "--order-by", "id desc"])
    #expect(second["@nextLink"] == .null)
    let ids = (first["Value"]?.array ?? []) + (second["Value"]?.array ?? [])
    #expect(
      ids.map { $0["id"]?.string } == [3, 2, 1].map { Exports.id($0).lowercased() })
  }

  @Test func `a hostile name is no formula in CSV and steers no terminal in a table`() throws {
    let program = try Self.partner()
    let filter = ["subscriptions", "--filter", "friendlyName eq '日本電気'"]
    let csv = try program.succeed(["query"] + filter + ["--format", "csv"]).output
    #expect(csv.hasPrefix("customerTenantId,customerName,customerMarket,id,status,"))
    #expect(csv.contains(",'=1+1"))
    let table = try program.succeed(["query"] + filter).output
    #expect(!table.contains("\u{1B}"))
    // The name takes eight columns, so that what follows it stands below its heading.
    let lines = table.split(separator: "\n").map(String.init)
    let column = try #require(lines[0].range(of: "effectiveStartDate")?.lowerBound)
    let before = lines[0].distance(from: lines[0].startIndex, to: column)
    #expect(lines[2].hasSuffix("2025-01-01"))
    let start = lines[2].dropLast("2025-01-01".count)
    #expect(start.count + "日本電気".count == before)
  }

  @Test(
    arguments: [
      (
        ["--filter", "statsu eq 'x'"],
        "--filter, column 1: 'statsu' is no field of subscriptions. Did you mean 'status'?\n  statsu eq 'x'\n  ^\n"
      ),
      (
        ["--filter", "friendlyName eq '日本' xor"],
        "  friendlyName eq '日本' xor\n                         ^\n"
      ),
      (["--filter", "status gt 'x'"], "column 8: 'gt' does not apply to status"),
      (
        ["--filter", "customerName eq 'a\u{1B}[31m"],
        "  customerName eq 'a\u{FFFD}[31m\n                  ^\n"
      ),
      (["--group-by", "status,colour"], "--group-by, column 8: 'colour' is no field"),
      (["--order-by", "status up"], "--order-by, column 8: Expected asc or desc; found 'up'."),
      (["--aggregation-level", "month"], "--aggregation-level: There is no date"),
      (["--top", "10001"], "--top"), (["--top", "0"], "--top"), (["--skip", "-1"], "--skip"),
      (["--lag", "2"], "Expected --as-of with --lag"),
      (["--format", "xml"], "table, json, csv"),
    ]) func `wrong usage ends with 64 and points at the column`(words: [String], message: String)
    throws
  {
    let program = try Self.partner()
    let outcome = try program.run(["query", "subscriptions"] + words)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `a hundred thousand parentheses are an error and no crash`() throws {
    let program = try Self.partner()
    for filter in [String(repeating: "(", count: 100_000), String(repeating: "(", count: 30_000)] {
      let outcome = try program.run(["query", "usage", "--filter", filter])
      #expect(outcome.status == 64)
      #expect(outcome.errors.utf8.count < 500)
    }
  }

  @Test func `what is not there is named, with what to do`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let store = try program.run(["query", "subscriptions"])
    #expect(store.status == 66 && store.errors.contains("churn-risk import"))
    let scores = try program.run(["query", "risk"])
    #expect(scores.status == 66)
    #expect(scores.errors.contains("Run 'churn-risk score', or name the scores with --scores."))
    let unknown = try program.run(["query", "subscription"])
    #expect(unknown.status == 64 && unknown.errors.contains("subscriptions"))
  }

  @Test(arguments: ["subscriptions", "usage", "resellers", "searches", "referrals", "risk"])
  func `a resource describes itself without a history`(resource: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program(folder: folder.path).succeed(["query", resource, "--describe"])
    for word in ["Field", "Type", "Meaning", "In groups"] { #expect(outcome.output.contains(word)) }
  }

  @Test func `risk rows are those of the scores, on their day only`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", SimulatedPartner.model, "--quiet"])
    let scores = try JSONValue(
      parsing: Array(try folder.bytes("at-risk.json")), path: "at-risk.json")
    let rows = try #require(scores["subscriptions"]?.array)
    let first = try #require(rows.first?["riskBand"]?.string)
    let inBand = try Self.json(
      program, ["risk", "--filter", "riskBand eq '\(first.uppercased())'"])
    let expected = rows.filter { $0["riskBand"]?.string == first }
    #expect(
      inBand["Value"]?.array?.map { $0["subscriptionId"]?.string }
        == expected.map { $0["subscriptionId"]?.string })
    #expect(
      inBand["Value"]?.array?.map { $0["churnProbability"]?.double }
        == expected.map { $0["churnProbability"]?.double })
    let bands = try Self.json(program, ["risk", "--group-by", "riskBand"])
    for group in bands["Value"]?.array ?? [] {
      let band = rows.filter { $0["riskBand"] == group["riskBand"] }
      #expect(group["subscriptionCount"]?.int == band.count)
      let sum = band.reduce(0) { $0 + ($1["churnProbability"]?.double ?? 0) }
      #expect(abs((group["expectedChurn"]?.double ?? 0) - sum) < 1e-9)
    }
    let otherDay = try program.run(["query", "risk", "--as-of", "2026-01-01"])
    #expect(otherDay.status == 66)
    #expect(otherDay.errors.contains("churn-risk score --as-of 2026-01-01"))
  }

  @Test func `the same question has the same answer, byte for byte, for any number of threads`()
    throws
  {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let words = ["query", "usage", "--group-by", "customerName,usageDate", "--format", "json"]
    let outputs = try ["1", "2", "7"].map { try program.succeed(words + ["--threads", $0]).output }
    #expect(outputs[0] == outputs[1] && outputs[1] == outputs[2])
  }
}

/// Random expressions, compared with DuckDB over the same exports by `Training/peers/query.py`.
struct QueryPeerTests {
  /// A Python that has DuckDB: that of `make bench`, else Debian's; nil without one.
  private static let python = ["\(Repository.root)/.build/peers/bin/python", "/usr/bin/python3"]
    .first { path in
      let check = try? Program.execute(path, ["-c", "import duckdb"], folder: Repository.root)
      return check?.status == 0
    }
  private static let absence: Comment = "no Python with duckdb; 'make bench' installs it"

  private static func compare(_ words: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.execute(
      #require(python), ["-B", "\(Repository.root)/Training/peers/query.py", Program.path] + words,
      folder: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    print("query beside DuckDB: \(outcome.output)")
  }

  @Test(.enabled(if: python != nil, absence))
  func `200 random expressions have DuckDB's answers on a simulated partner`() throws {
    let folder = try TemporaryFolder()
    try Program(folder: folder.path).succeed([
      "simulate", "--subscriptions", "300", "--weeks", "30", "--output", "exports",
    ])
    try Self.compare([folder.path("exports"), "--queries", "200"])
  }

  @Test(
    .enabled(if: python != nil, absence),
    .enabled(if: Repository.shared("histories/oulad") != nil, "the histories are not there"))
  func `30 random expressions have DuckDB's answers on oulad`() throws {
    let history = try #require(Repository.shared("histories/oulad"))
    try Self.compare([
      "\(history)/exports", "--usage", "\(history)/usage.jsonl.gz", "--queries", "30", "--seed",
      "2",
    ])
  }
}
