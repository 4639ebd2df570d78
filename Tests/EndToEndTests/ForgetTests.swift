import Files
import Foundation
import Testing

/// `forget` as a user runs it.
struct ForgetTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    for (day, used) in [("2026-01-05", "2026-01-04"), ("2026-01-12", "2026-01-11")] {
      try folder.write(
        "\(day)/s.json", Exports.envelope((1...3).map { Exports.subscription($0) }))
      try folder.write(
        "\(day)/u.jsonl",
        (1...3).map { Exports.usage($0, day: used) }.joined(separator: "\n"))
    }
    try program.succeed(["import", "2026-01-05", "2026-01-12"])
  }

  private func json(_ words: [String]) throws -> JSONValue {
    try JSONValue(parsing: Array(program.succeed(words + ["--json"]).output.utf8), path: "")
  }

  @Test func `counts first, then erases, and the next import says what it left out`() throws {
    let tenant = Exports.tenant(1)
    let rehearsal = try json(["forget", "--customer", tenant, "--dry-run"])
    #expect(rehearsal["isDryRun"]?.bool == true && rehearsal["customer"]?.string == tenant)
    #expect(rehearsal["before"] == .null && rehearsal["attention"]?.array?.isEmpty == true)
    #expect(
      rehearsal["erased"] == [
        "subscriptions": 1, "observations": 2, "usageLines": 2, "otherRows": 2, "imports": 0,
      ])
    let done = try program.succeed(["forget", "--customer", tenant])
    #expect(
      done.output.hasPrefix(
        "Erased 1 subscription, 2 observations, 2 usage lines, 2 rows of other tables, 0 imports.\n"
      ))
    #expect(done.output.contains("Out of reach:\n  the exports"))
    let bytes = try folder.bytes("churn-risk.sqlite")
    for trace in [tenant.lowercased(), "Customer 1", "Sub 1"] {
      #expect(bytes.range(of: Data(trace.utf8)) == nil, "\(trace)")
    }
    try folder.write(
      "2026-01-19/s.json", Exports.envelope((1...3).map { Exports.subscription($0) }))
    let again = try program.succeed(["import", "2026-01-19", "--json"])
    #expect(again.errors.contains("Note: Ignored 1 row of what 'churn-risk forget' has erased."))
    let file = try JSONValue(parsing: Array(again.output.utf8), path: "")["files"]?[0]
    #expect(file?["rowsIgnored"]?.int == 1 && file?["rowsAccepted"]?.int == 2)
    let once = try program.succeed(["forget", "--customer", tenant])
    #expect(once.output == "The customer was erased before; cleaned up once more.\n")
  }

  @Test func `erases what is older than a day`() throws {
    let report = try json(["forget", "--before", "2026-01-06"])
    #expect(report["before"]?.string == "2026-01-06" && report["customer"] == .null)
    #expect(
      report["erased"] == [
        "subscriptions": 0, "observations": 3, "usageLines": 3, "otherRows": 0, "imports": 2,
      ])
    #expect(try program.succeed(["imports"]).output.contains("2 imports."))
    let again = try program.succeed(["import", "2026-01-05", "2026-01-12"])
    #expect(again.output.contains("what is older than 2026-01-06 was erased"))
  }

  @Test func `an unknown customer is 66, wrong words are 64, and nothing is erased`() throws {
    let before = try program.succeed(["status", "--json"]).output
    let unknown = try program.run(["forget", "--customer", Exports.tenant(9)])
    #expect(unknown.status == 66 && unknown.errors.contains("nothing was erased"))
    for words in [[], ["--customer", "a", "--before", "2026-01-06"], ["--customer", " "]] {
      #expect(try program.run(["forget"] + words).status == 64)
    }
    #expect(try program.run(["forget", "--before", "2027-01-01"]).status == 64)
    #expect(try program.succeed(["status", "--json"]).output == before)
    let elsewhere = try TemporaryFolder()
    #expect(try Program(folder: elsewhere.path).run(["forget", "--customer", "a"]).status == 66)
  }

  @Test func `names what holds the same data elsewhere`() throws {
    try folder.write("Customer 2/2026-01-19.json", Exports.envelope([Exports.subscription(2)]))
    try program.succeed(["import", "Customer 2"])
    try folder.write("churn-risk.sqlite.version1", "a copy")
    let report = try json(["forget", "--customer", Exports.tenant(2)])
    #expect(report["importsNamingCustomer"] == [5])
    #expect(
      report["attention"]?.array?.map { $0["code"]?.string } == ["olderCopy", "fileNames"])
  }
}
