import TestSupport
import Testing

@testable import History

struct StoreStatusTests {
  @Test func `knows that an empty store is empty`() throws {
    let folder = ExportFolder()
    let status = try HistoryStore.open(folder.storePath, for: .importing).status()
    #expect(status == StoreStatus())
  }

  @Test func `counts what there is`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope([
        subscriptionRow(1), subscriptionRow(2, tenant: 2), subscriptionRow(3, status: "Odd"),
        subscriptionRow(4).replacing("\"Azure\"", with: "\"Office\""), "7",
      ]))
    folder.write("2025-01-13.json", envelope([subscriptionRow(1, status: "SUSPENDED", "\"x\":1")]))
    folder.write(
      "2025-01-13.jsonl",
      jsonLines([
        usageRow(1, "2025-01-02", "1"), usageRow(1, "2025-01-03", "1"),
        usageRow(2, "2025-01-06", "1"), usageRow(9, "2025-01-06", "1"),
        usageRow(9, "2025-01-06", "1", meter: "Storage"), usageRow(1, "2025-01-01", "-1"),
      ]))
    folder.write("2025-01-20.jsonl", jsonLines([usageRow(1, "2025-01-03", "2")]))
    try folder.import(
      "2025-01-06.json", "2025-01-13.json", "2025-01-13.jsonl", "2025-01-20.jsonl")
    let status = try folder.reading().status()
    #expect(
      status.subscriptions.map { "\($0.subscriptionType) \($0.status) \($0.count)" } == [
        "Azure ACTIVE 1", "Azure ODD 1", "Azure SUSPENDED 1", "Office ACTIVE 1",
      ])
    #expect((status.customers, status.imports) == (2, 4))
    #expect((status.usageLines, status.usageCorrections) == (5, 1))
    #expect(status.firstUsageDay == day("2025-01-02"))
    #expect(status.lastUsageDay == day("2025-01-06"))
    #expect(status.usageGaps == [day("2025-01-04")...day("2025-01-05")])
    #expect((status.unknownSubscriptions, status.unknownSubscriptionLines) == (1, 2))
    #expect(status.idMatchShare == 2.0 / 3)
    #expect(status.rowsRejected == 2)
    #expect(status.stalenessDays == 7)
    #expect(status.reportingLagDays == nil)
    #expect(
      status.notes.map { "\($0.kind.rawValue) \($0.name) \($0.rows)" }
        == ["unknown column x 1", "unknown value status=ODD 1"])
    #expect(
      status.sources == [
        StoreStatus.SourceStatus(
          name: "default", subscriptionExports: 2, lastSubscriptionExport: day("2025-01-13"),
          isLastExportComplete: false, usageImports: 2, lastUsageImport: day("2025-01-20"),
          cloud: .global)
      ])
    // The gap, and the last export that lacks three of four subscriptions.
    #expect(status.warnings.count == 2)
  }

  @Test func `warns when usage and subscriptions speak of different ids`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    folder.write(
      "2025-01-06.jsonl", jsonLines((11...19).map { usageRow($0, "2025-01-05", "1") }))
    try folder.import("2025-01-06.json", "2025-01-06.jsonl")
    let status = try folder.reading().status()
    #expect(status.idMatchShare == 0)
    #expect(status.warnings.contains { $0.contains("different ids") })
  }

  @Test func `counts only Azure subscriptions as known to the exports`() throws {
    let folder = ExportFolder()
    let office = subscriptionRow(1).replacing("\"Azure\"", with: "\"Office\"")
    let azure = subscriptionRow(2).replacing("\"Azure\"", with: "\"AZURE\"")
    let untyped = subscriptionRow(3).replacing("\"Azure\"", with: "null")
    let rejected = subscriptionRow(4, "\"creationDate\":\"soon\"")
    folder.write("2025-01-06.json", envelope([office, azure, untyped, rejected]))
    folder.write("2025-01-06.jsonl", jsonLines((1...5).map { usageRow($0, "2025-01-05", "1") }))
    try folder.import("2025-01-06.json", "2025-01-06.jsonl")
    let store = try folder.reading()
    #expect(try store.idMatch() == IdMatch(withUsage: 5, known: 3))
    #expect(try store.idMatch()?.isTooLow == false && store.idMatch()?.warning == nil)
    #expect(try store.status().idMatch == store.idMatch())
    #expect(IdMatch(withUsage: 2, known: 1).isTooLow == false)
    #expect(IdMatch(withUsage: 100, known: 49).isTooLow)
  }

  @Test func `warns when usage ends long before the exports`() throws {
    let folder = ExportFolder()
    folder.write("2025-03-03.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-06.jsonl", jsonLines([usageRow(1, "2025-01-05", "1")]))
    try folder.import("2025-03-03.json", "2025-01-06.jsonl")
    let status = try folder.reading().status()
    #expect(status.stalenessDays == 57)
    #expect(
      status.warnings == ["usage ends on 2025-01-05, 57 days before the last subscription export"])
  }
}
