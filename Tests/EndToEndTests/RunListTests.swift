import Files
import Foundation
import Testing

/// Whom the weekly job gives which rows.
struct RunListTests {
  private func json(_ partner: RunPartner, _ name: String) throws -> JSONValue {
    try JSONValue(
      parsing: Array(partner.folder.text("runs/2026-11-09/\(name)").utf8), path: name)
  }

  private func listed(_ partner: RunPartner) throws -> [JSONValue] {
    (try json(partner, "at-risk.json")["subscriptions"]?.array ?? []).filter {
      $0["listing"]?["listed"]?.bool == true
    }
  }

  /// Lets rules about every market be the owners.
  private func own(_ partner: RunPartner, _ rules: [String]) throws {
    let markets = Set(
      try (json(partner, "at-risk.json")["subscriptions"]?.array ?? []).compactMap {
        $0["customerMarket"]?.string
      })
    let rows = markets.sorted().flatMap { market in rules.map { "\(market),\($0)" } }
    try partner.folder.write(
      "all/owners.csv",
      "customerMarket,accountManager,email,from\n" + rows.joined(separator: "\n") + "\n")
  }

  @Test func `a capacity cuts the list of a manager`() throws {
    let partner = try RunPartner.afterFirstRun()
    let all = try listed(partner).count
    try #require(all >= 2)
    func rows() throws -> [Int] {
      (try json(partner, "manifest.json")["files"]?.array ?? [])
        .filter { $0["kind"]?.string == "list" }.compactMap { $0["rows"]?.int }
    }
    try own(partner, ["Anna,,"])
    try partner.configure(
      "\"formats\": [\"csv\", \"xlsx\", \"html\"]", "\"formats\": [\"csv\"]")
    try partner.program.run(["run"])
    #expect(try rows() == [all])
    try partner.configure("\"capacity\": null", "\"capacity\": 1")
    try partner.program.run(["run"])
    #expect(try rows() == [1])
  }

  @Test func `a hold-out by money says where it can leave nobody alone`() throws {
    let partner = try RunPartner.afterFirstRun()
    let all = try listed(partner).count
    try partner.configure(
      "\"holdOut\": null", "\"holdOut\": { \"share\": 0.5, \"greatestValue\": 1000000000 }")
    let outcome = try partner.program.run(["run"])
    // What this partner's subscriptions are worth is counted in lines of usage.
    #expect(try listed(partner).count == all)
    #expect(outcome.errors.contains("The hold-out leaves nobody alone"), "\(outcome.errors)")
  }

  /// Owners of every market, and a snooze of Anna's about the first row of the list.
  private func handOver(_ partner: RunPartner, _ rules: [String]) throws {
    let first = try #require(try listed(partner).first?["subscriptionId"]?.string)
    try own(partner, rules)
    try partner.folder.write(
      "contacts.csv",
      "subscriptionId,date,accountManager,outcome,until\n\(first),2026-09-20,Anna,snoozed,2026-12-31\n"
    )
    try partner.configure("\"contacts\": null", "\"contacts\": \"contacts.csv\"")
  }

  @Test func `the snooze of a manager who handed over is told, and nobody misses her list`() throws
  {
    let partner = try RunPartner.afterFirstRun()
    try handOver(partner, ["Anna,,", "Bob,,2026-10-01"])
    let outcome = try partner.program.run(["run"])
    #expect(outcome.output.contains("1 row snoozed by people who own nothing any more."))
    #expect(!outcome.output.contains("Without rows this week: Anna"), "\(outcome.output)")
    let run = try json(partner, "manifest.json")["run"]
    #expect(run?["snoozesOfThoseWhoLeft"]?.int == 1)
    #expect(run?["managersWithoutRows"]?.array?.contains { $0.string == "Anna" } == false)
  }

  @Test func `a hand-over that is still to come changes nothing yet`() throws {
    let partner = try RunPartner.afterFirstRun()
    try handOver(partner, ["Anna,,", "Bob,,2026-12-01"])
    let outcome = try partner.program.run(["run"])
    #expect(!outcome.output.contains("own nothing any more"))
    #expect(!outcome.output.contains("Bob"), "\(outcome.output)")
  }

  @Test func `who looks after nobody at risk is named`() throws {
    let partner = try RunPartner.afterFirstRun()
    try partner.folder.write(
      "all/owners.csv",
      try partner.folder.text("all/owners.csv") + ",,,ZZ,Zoe Idle,zoe@partner.example,\n")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.output.contains("Without rows this week:"))
    #expect(outcome.output.contains("Zoe Idle"), "\(outcome.output)")
  }
}
