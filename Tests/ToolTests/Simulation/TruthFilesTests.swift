import Files
import History
import TestSupport
import Testing

@testable import Simulation

/// The files beside the exports: the truth, its probabilities, the owners and the exclusions.
struct TruthFilesTests {
  private static let files = Result { () throws -> [String: [UInt8]] in
    let scratch = SimulationScratch()
    var parameters = SimulationParameters(subscriptions: 260, weeks: 14)
    parameters.internalShare = 0.1
    _ = try Simulation(parameters).write(to: scratch.path)
    return try scratch.files()
  }

  private func table(_ name: String) throws -> [[String]] {
    try SimulationScratch.table(Self.files.get()[name] ?? [])
  }

  @Test func `orders what happened by day and keeps it between the first and the last export`()
    throws
  {
    let rows = try table("truth.csv")
    #expect(rows[0] == ["subscriptionId", "event", "date"])
    let days = try rows.dropFirst().map { try #require(CalendarDay($0[2])) }
    #expect(days == days.sorted() && !days.isEmpty)
    // The second tenant's first export is on Wednesday 2026-08-12, the first's on the Monday after.
    #expect(days.allSatisfy { $0 > CalendarDay("2026-08-12") ?? $0 })
    #expect(days.allSatisfy { $0 <= CalendarDay("2026-11-16") ?? $0 })
    for row in rows.dropFirst() {
      #expect(TruthEvent.Kind(rawValue: row[1]) != nil)
      #expect(GUID(row[0])?.description == row[0])
    }
  }

  @Test func `gives probabilities at every fourth export for whatever runs then`() throws {
    let rows = try table("truth-hazard.csv")
    #expect(rows[0] == ["subscriptionId", "landmark", "churnWithin28Days", "churnWithin91Days"])
    let landmarks = Set(rows.dropFirst().map { $0[1] })
    #expect(
      landmarks.sorted() == [
        "2026-08-19", "2026-08-24", "2026-09-16", "2026-09-21", "2026-10-14", "2026-10-19",
        "2026-11-11", "2026-11-16",
      ])
    for row in rows.dropFirst() {
      let short = try #require(Double(row[2]))
      let long = try #require(Double(row[3]))
      #expect(short >= 0 && short <= long && long <= 1)
      #expect(row[2].count == 8 && row[3].count == 8)
    }
  }

  @Test func `judges only rows that the export of that day shows as active`() throws {
    let files = try Self.files.get()
    let excluded = Set(try table("exclusions.csv").dropFirst().map { $0[0] })
    let export = try #require(files["2026-11-16/subscriptions.json"])
    let rows = try JSONValue(parsing: export, path: "export")["Value"]?.array ?? []
    let active = rows.filter {
      $0["subscriptionType"]?.string == "Azure" && $0["status"]?.string == "ACTIVE"
        && !excluded.contains($0["customerTenantId"]?.string ?? "")
    }
    let judged = try table("truth-hazard.csv").filter { $0[1] == "2026-11-16" }.map { $0[0] }
    #expect(judged == active.compactMap { $0["id"]?.string?.lowercased() }.sorted())
    #expect(!excluded.isEmpty)
  }

  @Test func `assigns owners on every level and leaves some without`() throws {
    let rows = try table("owners.csv")
    #expect(
      rows[0] == [
        "subscriptionId", "customerTenantId", "partnerId", "customerMarket", "accountManager",
        "email", "from",
      ])
    for level in 0..<4 {
      #expect(rows.dropFirst().contains { !$0[level].isEmpty })
    }
    for row in rows.dropFirst() {
      #expect(row[0..<4].count { !$0.isEmpty } == 1)
      #expect(!row[4].isEmpty && row[5].hasSuffix("@partner.example"))
    }
    #expect(rows.dropFirst().contains { CalendarDay($0[6]) != nil })
    let markets = Set(rows.map { $0[3] })
    #expect(Market.all.contains { !markets.contains($0.code) })
  }

  @Test func `excludes the partner's own and test tenants`() throws {
    let rows = try table("exclusions.csv")
    #expect(rows[0] == ["customerTenantId", "reason"])
    #expect(Set(rows.dropFirst().map { $0[1] }) == ["internal", "test"])
    for row in rows.dropFirst() { #expect(ExclusionReason(rawValue: row[1]) != nil) }
  }
}
