import Files
import Foundation
import Reporting
import Testing

/// From exports to lists with the built program, on a small made-up partner.
struct FlowTests {
  @Test func `the written scores match their schema, and every row adds up`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let last = try SimulatedPartner.folder.get().path("last.json")
    try program.succeed(["score", "--model", SimulatedPartner.model, "--previous", last])
    try Schemas.expect(folder.path("at-risk.json"), matches: .atRisk)
    try Schemas.expect("\(SimulatedPartner.model)/evaluation.json", matches: .evaluation)
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(list.subscriptions.count > 300)
    for row in list.subscriptions {
      guard let logOdds = row.logOdds else { continue }
      let parts = (row.reasons + row.mitigating).reduce(0) { $0 + $1.contribution }
      #expect(abs(list.model.bias + parts + row.otherContributions - logOdds) <= 1e-9)
    }
    #expect(list.subscriptions.allSatisfy { $0.change != nil })
  }

  @Test func `the same exports give the same bytes, for any number of threads`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    for threads in ["1", "2"] {
      try program.succeed(["train", "--threads", threads, "--model", "model-\(threads)"])
      try program.succeed([
        "score", "--threads", threads, "--model", "model-\(threads)", "--output",
        "scores-\(threads).json",
      ])
    }
    for name in ["model.json", "evaluation.json", "card.md"] {
      #expect(try folder.bytes("model-1/\(name)") == folder.bytes("model-2/\(name)"))
    }
    #expect(try folder.bytes("scores-1.json") == folder.bytes("scores-2.json"))
  }

  @Test func `the table names the riskiest, and standard output can carry the file instead`() throws
  {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let table = try program.succeed(["score", "--model", SimulatedPartner.model, "--top", "3"])
    #expect(table.output.contains("Azure subscriptions at risk as of 2026-11-16"))
    let json = try program.succeed(["score", "--model", SimulatedPartner.model, "--output", "-"])
    #expect(json.output.hasPrefix("{"))
    #expect(json.output == (try folder.text("at-risk.json")))
  }

  @Test func `files hold customers' data, so nobody else may read them`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", SimulatedPartner.model])
    try program.succeed(["export", "--format", "csv", "--output", "lists", "--file-mode", "0640"])
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(folder.path("at-risk.json")) == 0o600)
    #expect(try mode(SimulatedPartner.folder.get().path("churn-risk.sqlite")) == 0o600)
    #expect(try mode(folder.path("lists/all.csv")) == 0o640)
    // The group can read the files only if it can enter the folder.
    #expect(try mode(folder.path("lists")) == 0o750)
    try program.succeed(["export", "--format", "json", "--output", "more/lists"])
    #expect(try mode(folder.path("more")) == 0o700 && mode(folder.path("more/lists")) == 0o700)
  }

  @Test func `lists go to account managers, with a manifest that matches its schema`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", SimulatedPartner.model])
    try program.succeed([
      "export", "--format", "csv", "--format", "json", "--output", "lists", "--capacity", "5",
    ])
    try Schemas.expect(folder.path("lists/manifest.json"), matches: .manifest)
    let manifest = try JSONValue(
      parsing: Array(folder.bytes("lists/manifest.json")), path: "manifest.json")
    let files = try #require(manifest["files"]?.array)
    #expect(files.contains { $0["kind"]?.string == "list" && $0["accountManager"]?.string != nil })
    let names = files.compactMap { $0["file"]?.string }
    #expect(names.contains("summary.csv") && names.contains("summary.json"))
    try Schemas.expect(folder.path("lists/summary.json"), matches: .summary)
    for file in files {
      let name = try #require(file["file"]?.string)
      #expect(try sha256(Array(folder.bytes("lists/\(name)"))) == file["sha256"]?.string)
      if file["kind"]?.string == "list" { #expect(try #require(file["rows"]?.int) <= 5) }
    }
  }

  @Test func `what is redacted is nowhere in the file`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", SimulatedPartner.model])
    let names = try AtRiskDocument(contentsOf: folder.path("at-risk.json")).subscriptions
      .compactMap(\.identity.customerName).filter { $0.utf8.count > 6 }
    try program.succeed(["score", "--model", SimulatedPartner.model, "--redact", "names,revenue"])
    let text = try folder.text("at-risk.json")
    #expect(!names.isEmpty)
    #expect(names.allSatisfy { !text.contains($0) })
  }

  @Test func `importing again changes nothing, and an import can be taken back`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let exports = try SimulatedPartner.folder.get().path("exports")
    let days = try FileManager.default.contentsOfDirectory(atPath: exports).sorted()
    let first = try #require(days.first { $0.hasPrefix("20") })
    try program.succeed(["import", "\(exports)/\(first)"])
    let before = try program.succeed(["imports", "--json"]).output
    let again = try program.succeed(["import", "\(exports)/\(first)"])
    #expect(again.output.contains("unchanged"))
    #expect(try program.succeed(["imports", "--json"]).output == before)
    try program.succeed(["imports", "remove", "1"])
    #expect(try program.succeed(["imports", "--json"]).output != before)
    let unknown = try program.run(["imports", "remove", "99"])
    #expect(unknown.status != 0)
    #expect(unknown.errors.contains("99"))
  }

  @Test func `a dry run reads everything and makes no store`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let exports = try SimulatedPartner.folder.get().path("exports")
    let outcome = try program.succeed(["import", exports, "--dry-run"])
    #expect(outcome.output.contains("Nothing was changed"))
    #expect(!folder.exists("churn-risk.sqlite"))
  }
}
