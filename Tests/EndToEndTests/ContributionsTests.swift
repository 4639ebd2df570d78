import Foundation
import Reporting
import Testing

/// `score --all-contributions`: every feature's part in every score.
struct ContributionsTests {
  /// The header, and the cells of each row by column.
  private func table(_ text: String) -> (columns: [String], rows: [[String]]) {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return (lines[0], Array(lines.dropFirst()))
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `under a model bias and contributions are the log-odds, row by row`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed([
      "score", "--model", SimulatedPartner.model, "--all-contributions", "parts.csv",
    ])
    #expect(try mode(folder.path("parts.csv")) == 0o600)
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    let (columns, rows) = try table(folder.text("parts.csv"))
    #expect(columns.prefix(3) == ["subscriptionId", "logOdds", "bias"])
    #expect(columns.count > 20 && columns.contains("daysSinceLastUsage"))
    #expect(rows.map(\.[0]) == list.subscriptions.map(\.identity.subscriptionId))
    for (cells, row) in zip(rows, list.subscriptions) {
      let numbers = try cells.dropFirst().map { try #require(Double($0)) }
      #expect(numbers.count == columns.count - 1)
      #expect(abs(numbers.dropFirst().reduce(0, +) - numbers[0]) <= 1e-9)
      #expect(numbers[0] == row.logOdds)
      // What at-risk.json names is the same figure.
      for reason in row.reasons + row.mitigating {
        let column = try #require(columns.firstIndex(of: reason.feature))
        #expect(numbers[column - 1] == reason.contribution)
      }
    }
  }

  @Test func `under rules the points of the features are the score`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let rows = (1...4).map { number in
      Exports.subscription(
        number, ["autoRenewEnabled": number == 1 ? "false" : "true", "lastUsageDate": "null"])
    }
    try folder.write("2026-01-05/s.json", Exports.envelope(rows))
    try program.succeed(["import", "2026-01-05"])
    try program.succeed(["train"])
    try program.succeed(["score", "--all-contributions", "points.csv"])
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    let (columns, cells) = try table(folder.text("points.csv"))
    #expect(columns.prefix(2) == ["subscriptionId", "ruleScore"])
    #expect(cells.count == 4)
    for (row, subscription) in zip(cells, list.subscriptions) {
      let points = row.dropFirst(2).compactMap { Double($0) }
      #expect(points.count == columns.count - 2)
      #expect(points.reduce(0, +) == subscription.ruleScore)
      #expect(Double(row[1]) == subscription.ruleScore)
    }
    let autoRenew = try #require(columns.firstIndex(of: "autoRenew"))
    #expect(cells[0][autoRenew] == "20" && cells[1][autoRenew] == "0")
  }

  @Test func `on standard output they come without the table`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let outcome = try program.succeed([
      "score", "--model", SimulatedPartner.model, "--all-contributions", "-",
    ])
    #expect(outcome.output.hasPrefix("subscriptionId,logOdds,bias,"))
    #expect(!outcome.output.contains("at risk as of"))
    #expect(folder.exists("at-risk.json"))
  }
}
