import Files
import Foundation
import Reporting
import Testing

/// `backtest` as a user runs it.
struct BacktestTests {
  private static let recipe = "\(Repository.root)/Training/recipes/cancellation-28d.json"

  @Test func `a table, a valid file, the same bytes on any number of threads`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let words = [
      "backtest", "--recipe", Self.recipe, "--from", "2026-09-07", "--to", "2026-11-16", "--every",
      "35", "--capacity", "20",
    ]
    let outcome = try program.succeed(words + ["--threads", "1"])
    #expect(outcome.output.contains("past lists by cancellation-28d"))
    for word in ["2026-09-07", "all", "base rate", "days unused", "Lead time:", "Capacity:"] {
      #expect(outcome.output.contains(word))
    }
    // The window of 2026-11-16 ends later.
    #expect(outcome.errors.contains("has not been seen to its end"))
    let first = try folder.bytes("backtest.json")
    let json = try JSONValue(parsing: Array(first), path: "backtest.json")
    #expect(json["capacity"]?.int == 20 && json["horizonDays"]?.int == 28)
    #expect((json["origins"]?.array ?? []).count >= 2)
    try Schemas.expect(folder.path("backtest.json"), matches: .backtest)
    // On standard output there is the file alone.
    let piped = try program.succeed(words + ["--output", "-", "--quiet", "--threads", "2"])
    #expect(Data(piped.output.utf8) == first)
  }

  @Test func `status compares a list with the backtest, and needs both`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed([
      "backtest", "--recipe", Self.recipe, "--from", "2026-08-03", "--to", "2026-08-03",
    ])
    try program.succeed([
      "train", "--recipe", Self.recipe, "--as-of", "2026-08-31",
    ])
    for (day, file) in [("2026-08-31", "then.json"), ("2026-11-16", "now.json")] {
      try program.succeed(["score", "--as-of", day, "--output", file])
    }
    let both = try program.succeed([
      "status", "--backtest", "backtest.json", "--scores", "then.json,now.json",
    ])
    #expect(both.output.contains("List of 2026-08-31, "))
    #expect(both.output.contains("List of 2026-11-16: its window has not been seen"))
    let json = try JSONValue(
      parsing: Array(
        try program.succeed([
          "status", "--json", "--backtest", "backtest.json", "--scores", "then.json",
        ]).output.utf8), path: "status")
    #expect(json["live"]?.array?.first?["figures"]?.array?.count == 3)
    let alone = try program.run(["status", "--scores", "then.json"])
    #expect(alone.status == 64 && alone.errors.contains("given together"))
  }

  @Test func `wrong words and days that cannot be judged are errors`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    func expect(_ words: [String], status: Int32, says: String) throws {
      let outcome = try program.run(["backtest"] + words)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      #expect(!folder.exists("backtest.json"))
    }
    try expect(["--from", "2026-09-07"], status: 64, says: "--to")
    try expect(
      ["--from", "2026-09-07", "--to", "2026-08-03"], status: 64, says: "lies after --to")
    try expect(
      ["--from", "2020-01-01", "--to", "2026-08-03"], status: 65,
      says: "--from 2020-01-01 lies before the first observation")
    try expect(
      ["--from", "2026-11-02", "--to", "2026-11-16"], status: 65,
      says: "No day of the range can be judged")
    try expect(
      ["--from", "2026-08-03", "--to", "2026-11-16", "--store", "none.sqlite"], status: 66,
      says: "none.sqlite")
  }
}
