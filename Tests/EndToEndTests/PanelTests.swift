import Files
import Foundation
import Testing

/// `features --from … --to … --output`: the panel as a user makes and uses it.
struct PanelTests {
  private static let recipe = "\(Repository.root)/Training/recipes/cancellation-28d.json"

  private static func lines(_ bytes: Data, in folder: TemporaryFolder) throws -> [String] {
    try folder.write("copy.csv.gz", bytes)
    return String(
      decoding: try contents(ofFile: folder.path("copy.csv.gz")), as: UTF8.self
    ).split(separator: "\n").map(String.init)
  }

  @Test func `the panel has the same bytes each time and is read by cross-validate`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let words = [
      "features", "--from", "2025-12-01", "--to", "2026-10-12", "--recipe", Self.recipe,
      "--output",
    ]
    let outcome = try program.succeed(words + ["panel.csv.gz", "--threads", "1"])
    #expect(outcome.output.contains("Fold 0 begins on 2026-"))
    try program.succeed(words + ["again.csv.gz", "--threads", "2"])
    let bytes = try folder.bytes("panel.csv.gz")
    #expect(try folder.bytes("again.csv.gz") == bytes)
    #expect(bytes.starts(with: [0x1F, 0x8B]))
    let plain = try program.succeed(words + ["-", "--quiet"]).output
    let lines = plain.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("subscriptionId,landmark,daysSinceLastUsage,"))
    #expect(lines[0].hasSuffix(",churn,fold"))
    let folds = Set(lines.dropFirst().map { String($0.split(separator: ",").last ?? "") })
    #expect(folds.isSuperset(of: ["-1", "0"]) && folds.isSubset(of: ["-2", "-1", "0"]))
    let judged = try program.succeed([
      "cross-validate", "panel.csv.gz", "--label", "churn", "--fold-column", "fold", "--group",
      "subscriptionId", "--time", "landmark", "--learner", "logistic",
    ])
    #expect(judged.output.contains("predicted by logistic regression"))
    #expect(!judged.errors.contains("mixes numbers and text"))
  }

  @Test func `the dormancy recipe asks for silence, and any recipe for days of the history`() throws
  {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let dormancy = "\(Repository.root)/Training/recipes/dormancy-28d.json"
    let panel = try program.succeed([
      "features", "--from", "2026-08-03", "--to", "2026-09-28", "--recipe", dormancy, "--output",
      "dormancy.csv", "--quiet",
    ])
    #expect(panel.output.contains("9 landmarks"))
    func expect(_ words: [String], status: Int32, says: String) throws {
      let outcome = try program.run(["features"] + words)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      #expect(!folder.exists("x.csv"))
    }
    try expect(["--from", "2026-08-03"], status: 64, says: "--output")
    try expect(
      ["--from", "2026-08-03", "--to", "2026-07-01", "--output", "x.csv"], status: 64,
      says: "lies after --to")
    try expect(
      ["--from", "2020-01-01", "--to", "2026-07-01", "--output", "x.csv"], status: 65,
      says: "before the first observation")
    try expect(
      ["--from", "2026-07-01", "--to", "2027-07-01", "--output", "x.csv"], status: 65,
      says: "after the last observation")
    try folder.write("zero.json", #"{ "horizonDays": 0 }"#)
    try expect(
      ["--from", "2026-07-01", "--to", "2026-09-01", "--output", "x.csv", "--recipe", "zero.json"],
      status: 65, says: "from 1 to 730")
    try folder.write("typo.json", #"{ "withoutFeatures": ["autoRenews"] }"#)
    try expect(
      ["--from", "2026-07-01", "--to", "2026-09-01", "--output", "x.csv", "--recipe", "typo.json"],
      status: 65, says: "Did you mean 'autoRenew'?")
  }
}
