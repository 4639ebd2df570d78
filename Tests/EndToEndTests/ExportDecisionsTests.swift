import Foundation
import Reporting
import Testing

/// What an export decides anew, and what it leaves as the scores say.
struct ExportDecisionsTests {
  /// The simulated partner's scores, with some rows changed, as `scores.json` of a folder.
  private func scores(
    _ change: (inout AtRiskDocument) -> Void = { _ in }
  ) throws -> (program: Program, folder: TemporaryFolder, document: AtRiskDocument) {
    let folder = try TemporaryFolder()
    var document = try AtRiskDocument(
      contentsOf: SimulatedPartner.folder.get().path("last.json"))
    change(&document)
    try document.write(to: folder.path("scores.json"))
    return (Program(folder: folder.path), folder, document)
  }

  private func export(_ words: [String] = []) -> [String] {
    ["export", "--scores", "scores.json", "--format", "json", "--output", "lists"] + words
  }

  private func all(_ folder: TemporaryFolder) throws -> AtRiskDocument {
    try AtRiskDocument(contentsOf: folder.path("lists/all.json"))
  }

  @Test func `an export does not end the hold-out of a run`() throws {
    let (program, folder, before) = try scores { document in
      let tenant = document.subscriptions.first(where: \.isListed)?.identity.customerTenantId
      for index in document.subscriptions.indices
      where document.subscriptions[index].identity.customerTenantId == tenant
        && document.subscriptions[index].isListed
      {
        document.subscriptions[index].listing?.isListed = false
        document.subscriptions[index].listing?.reason = .holdOut
      }
    }
    let heldOut = before.subscriptions.filter { $0.listing?.reason == .holdOut }
    #expect(!heldOut.isEmpty && before.subscriptions.contains(where: \.isListed))
    try program.succeed(export())
    #expect(try all(folder).subscriptions == before.subscriptions)
    for id in heldOut.map(\.identity.subscriptionId) {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("lists"))
      where !["all.json", "reasons.csv", "without-usage.csv"].contains(name) {
        #expect(try !folder.text("lists/\(name)").contains(id), "\(name)")
      }
    }
    // Given anew, it is decided anew: the values of this partner are no money, so nobody is left alone.
    let outcome = try program.succeed(
      export(["--hold-out", "0.5", "--hold-out-below", "1000000"]))
    #expect(outcome.errors.contains("The hold-out leaves nobody alone"))
    #expect(try !all(folder).subscriptions.contains { $0.listing?.reason == .holdOut })
  }

  @Test func `what a capacity leaves out is listed in no file`() throws {
    let (program, folder, before) = try scores()
    let listed = before.subscriptions.count(where: \.isListed)
    try program.succeed(export(["--capacity", "2"]))
    let document = try all(folder)
    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder.path("lists/manifest.json"))))
    let files = (manifest as? [String: Any])?["files"] as? [[String: Any]] ?? []
    let rows = files.filter { ["list", "unassigned"].contains($0["kind"] as? String) }
      .compactMap { $0["rows"] as? Int }
    #expect(rows.reduce(0, +) == document.subscriptions.count(where: \.isListed))
    #expect(rows.allSatisfy { $0 <= 2 } && document.subscriptions.count(where: \.isListed) < listed)
    #expect(document.subscriptions.contains { $0.listing?.reason == .overCapacity })
    try Schemas.expect(folder.path("lists/all.json"), matches: .atRisk)
    try Schemas.expect(folder.path("lists/summary.json"), matches: .summary)
    try program.succeed(export())
    #expect(try all(folder).subscriptions == before.subscriptions)
  }

  @Test(arguments: [
    ["--contact-cost", "2"], ["--offer-cost", "2"], ["--hold-out-currency", "USD"],
  ])
  func `options that would do nothing are refused`(words: [String]) throws {
    let (program, folder, _) = try scores()
    let outcome = try program.run(export(words))
    #expect(outcome.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.path("lists")))
    #expect(outcome.errors.contains(words[0]))
  }

  @Test func `scores tell what changed on the lists, and who was lost`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let model = try SimulatedPartner.model
    try program.succeed([
      "score", "--model", model, "--as-of", "2026-10-05", "--output", "before.json",
    ])
    let outcome = try program.succeed([
      "score", "--model", model, "--as-of", "2026-11-09", "--previous", "before.json",
    ])
    let document = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    let before = try AtRiskDocument(contentsOf: folder.path("before.json"))
    let scored = Set(before.subscriptions.map(\.identity.subscriptionId))
    let lost = document.excluded.filter {
      $0.reason == "alreadyChurned" && scored.contains($0.identity.subscriptionId)
    }
    #expect(!lost.isEmpty && lost.allSatisfy { $0.change == "churned" })
    #expect(document.excluded.count { $0.change != nil } == lost.count)
    let text = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("on the lists; since the scores of 2026-10-05: "))
    #expect(text.contains(", \(lost.count) lost."), "\(text)")
    for row in document.subscriptions where row.isListed {
      #expect(row.change != "recovered" && row.weeksFlagged > 0)
    }
    try Schemas.expect(folder.path("at-risk.json"), matches: .atRisk)
  }
}
