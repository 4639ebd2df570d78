import Files
import Foundation
import Reporting
import RiskModel
import Testing

/// Every recipe of Training/recipes does what it says.
struct RecipesTests {
  static let names: [String] = {
    let folder = "\(Repository.root)/Training/recipes"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func `there are a quarter, four weeks and dormancy`() {
    #expect(Self.names == ["cancellation-28d", "cancellation-91d", "dormancy-28d"])
  }

  @Test(arguments: names) func `it says when to use it, trains, scores and makes a panel`(
    name: String
  ) throws {
    let path = "\(Repository.root)/Training/recipes/\(name).json"
    let recipe = try JSONValue(parsing: contents(ofFile: path), path: path)
    #expect(recipe["name"]?.string == name)
    #expect(recipe["comment"]?.string?.contains(" For ") ?? false)
    try Schemas.expect(path, matches: .recipe)
    // It comes with the program as it stands in the file.
    let file = String(decoding: try contents(ofFile: path), as: UTF8.self)
    #expect(BuiltInRecipe.named(name)?.text == file)
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    // By name in a folder that has no such file.
    try program.succeed(["train", "--recipe", name])
    try program.succeed(["score"])
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(list.horizonDays == recipe["horizonDays"]?.int)
    let events = try #require(recipe["events"]?.array).compactMap(\.string)
    #expect(list.churnEvents == events.sorted())
    #expect(!list.subscriptions.isEmpty)
    if events == ["dormant"] {
      // Who was idle all along is no row of it.
      #expect(list.excluded.contains { $0.reason == "other" })
      #expect(list.subscriptions.allSatisfy { ($0.identity.lastUsageDate ?? "") >= "2026-10-10" })
    }
    let panel = try program.succeed([
      "features", "--recipe", path, "--from", "2026-04-06", "--to", "2026-06-29", "--output",
      "panel.csv",
    ])
    #expect(panel.output.contains("features"))
    let labels = Set(
      try folder.text("panel.csv").split(separator: "\n").dropFirst().map {
        String($0.split(separator: ",", omittingEmptySubsequences: false).dropLast().last ?? "")
      })
    #expect(labels == ["0", "1"])
  }
}
