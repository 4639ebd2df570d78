import Files
import Foundation
import Testing

/// The quality report as programs and people get it.
struct QualityReportTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    let rows = (1...3).map { Exports.subscription($0, ["novelty": "1"]) }
    try folder.write("2026-01-26/s.json", Exports.envelope(rows + ["7"]))
    try folder.write("2026-01-26/u.jsonl", Exports.usage(1, day: "2026-01-25"))
  }

  private func quality(_ json: String) throws -> [JSONValue] {
    try #require(JSONValue(parsing: Array(json.utf8), path: "")["quality"]?.array)
  }

  @Test func `every row has the six fields, and a severity of the closed list`() throws {
    let imported = try quality(program.succeed(["import", "2026-01-26", "--json"]).output)
    let status = try quality(program.succeed(["status", "--json"]).output)
    #expect(imported.count >= 2 && status.count > imported.count)
    for row in imported + status {
      #expect(
        row.object?.members.map(\.key) == [
          "name", "severity", "column", "file", "count", "details",
        ])
      #expect(["error", "warning", "recommendation", "info"].contains(row["severity"]?.string))
      #expect(row["name"]?.string?.isEmpty == false && row["details"]?.string?.isEmpty == false)
      #expect(row["count"]?.int != nil)
    }
    let rejected = try #require(imported.first)
    #expect(rejected["name"]?.string == "rejectedRows" && rejected["severity"]?.string == "error")
    #expect(rejected["file"]?.string == "2026-01-26/s.json" && rejected["column"] == .null)
    #expect(imported.last?["column"]?.string == "novelty")
    // Severities never rise from one row to the next.
    let order = ["error", "warning", "recommendation", "info"]
    let places = status.compactMap { row in order.firstIndex { $0 == row["severity"]?.string } }
    #expect(places == places.sorted())
  }

  @Test func `people get the worst lines, and are told how to see the rest`() throws {
    let imported = try program.succeed(["import", "2026-01-26"]).output
    #expect(imported.contains("Quality of the data\nSeverity"))
    #expect(imported.contains("rejectedRows"))
    #expect(imported.contains("1 more finding: 'churn-risk status --json' shows every one"))
    #expect(!imported.contains("unknownColumns"))
    #expect(try program.succeed(["status"]).output.contains("Quality of the data\nSeverity"))
    let again = try program.succeed(["import", "2026-01-26"]).output
    #expect(!again.contains("Quality"))
  }

  @Test func `at most ten lines are for people`() throws {
    let odd = (1...15).map { Exports.subscription($0, ["subscriptionType": "\"Type \($0)\""]) }
    try folder.write("2026-01-27/s.json", Exports.envelope(odd))
    let output = try program.succeed(["import", "2026-01-27"]).output
    let lines = output.components(separatedBy: "Quality of the data\n")[1].split(separator: "\n")
    // A heading, a line below it, and the sentence behind them.
    #expect(lines.count == 13)
  }
}
