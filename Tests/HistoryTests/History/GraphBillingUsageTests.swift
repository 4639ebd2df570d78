import Files
import TestSupport
import Testing

@testable import History

struct GraphBillingUsageTests {
  private func usage(_ folder: ExportFolder) throws -> UsageHistory {
    try folder.reading().customers()[0].subscriptions[0].usage
  }

  @Test func `the entitlement is the subscription, and cost, currency and names are kept`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl", jsonLines([graphRow(1, "2025-01-05", quantity: "2", cost: "0.5")]))
    let report = try folder.import("2025-01-06.jsonl")
    #expect(report.files[0].format == "billing usage")
    #expect(report.files[0].source == guid(800).description)
    let store = try folder.reading()
    let customer = try store.customers()[0]
    #expect(customer.customerTenantId == guid(901).description)
    #expect(customer.subscriptions.map(\.id) == [guid(1)])
    let usage = customer.subscriptions[0].usage
    #expect(usage.quantities == [2])
    #expect(usage.costs == [0.5])
    #expect(store.meters.map(\.currency) == ["EUR"])
    #expect(store.meters[0].serviceType == "D2 v3")
    let names = try store.connection.prepare(
      "SELECT c.value, s.value FROM usage_name JOIN text c ON c.id = customerName "
        + "JOIN text s ON s.id = subscriptionName")
    #expect(try names.step() && names.text(0) == "Contoso" && names.text(1) == "Prod")
  }

  @Test func `lines of several resources add up, and a repeated row does not`() throws {
    let folder = ExportFolder()
    let rows = [
      graphRow(1, "2025-01-05", quantity: "2", cost: "0.5"),
      graphRow(1, "2025-01-05", quantity: "3", cost: "0.75", resource: "vm-b"),
      graphRow(1, "2025-01-05", quantity: "2", cost: "0.5"),
    ]
    folder.write("2025-01-06.jsonl", jsonLines(rows))
    let report = try folder.import("2025-01-06.jsonl")
    #expect(report.files[0].rowsRepeated == 1)
    #expect(try usage(folder).quantities == [5])
    #expect(try usage(folder).costs == [1.25])
  }

  @Test func `rows that differ in a column that is not read add up`() throws {
    let folder = ExportFolder()
    let rows = ["a", "b", "a"].map {
      graphRow(1, "2025-01-05", quantity: "24", cost: "5", "\"AdditionalInfo\":\"vm-\($0)\"")
    }
    folder.write("2025-01-06.jsonl", jsonLines(rows))
    #expect(try folder.import("2025-01-06.jsonl").files[0].rowsRepeated == 1)
    #expect(try usage(folder).quantities == [48])
    #expect(try usage(folder).costs == [10])
  }

  /// An export with the basic attributes names no resources: two machines of a kind are alike.
  @Test func `rows without a resource add up even when they are alike`() throws {
    let folder = ExportFolder()
    let row = graphRow(1, "2025-01-05", quantity: "24", cost: "5")
      .replacing("\"ResourceURI\":\"/vm-a\",", with: "")
    folder.write("2025-01-06.jsonl", jsonLines([row, row, row]))
    #expect(try folder.import("2025-01-06.jsonl").files[0].rowsRepeated == 0)
    #expect(try usage(folder).quantities == [72])
    #expect(try usage(folder).costs == [15])
    // The same export downloaded once more, with another ending, is the same lines.
    folder.write("2025-01-06b.jsonl", jsonLines([row, row, row]) + "\n")
    #expect(try folder.import("2025-01-06b.jsonl").files[0].linesKnown == 1)
    #expect(try usage(folder).costs == [15])
  }

  /// The blobs of one export hold different resources of the same meter and day.
  @Test func `the parts of an export add up, and a second download changes nothing`() throws {
    let folder = ExportFolder()
    let rows = (0..<6).map {
      graphRow(1, "2025-01-05", quantity: "1", cost: "0.25", resource: "vm-\($0)")
    }
    folder.write("2025-01-06/a.jsonl", jsonLines(Array(rows[..<3])))
    folder.write("2025-01-06/b.jsonl", jsonLines(Array(rows[3...])))
    try folder.import("2025-01-06")
    #expect(try usage(folder).quantities == [6])
    // The same rows, cut into other blobs.
    folder.write("2025-01-06/c.jsonl", jsonLines(Array(rows[1...].reversed())))
    let again = try folder.import("2025-01-06/c.jsonl")
    #expect(again.files[0].linesKnown == 5)
    #expect(try usage(folder).quantities == [6])
    #expect(try usage(folder).costs == [1.5])
  }

  @Test func `a restated line is a correction with its own day`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([
        graphRow(1, "2025-01-05", quantity: "10", cost: "1"),
        graphRow(1, "2025-01-05", quantity: "5", cost: "0.5", resource: "vm-b"),
      ]))
    folder.write(
      "2025-01-13.jsonl",
      jsonLines([graphRow(1, "2025-01-05", quantity: "8", cost: "0.75", resource: "vm-b")]))
    try folder.import("2025-01-06.jsonl")
    let report = try folder.import("2025-01-13.jsonl")
    #expect(report.files[0].linesCorrected == 1)
    let usage = try usage(folder)
    #expect(usage.quantities == [15, 18])
    #expect(usage.costs == [1.5, 1.75])
    #expect(usage.firstKnown == [day("2025-01-06"), day("2025-01-13")])
  }

  @Test func `a billed line takes the place of the unbilled one`() throws {
    let folder = ExportFolder()
    func rows(invoice: String) -> String {
      jsonLines(
        (1...5).map {
          graphRow(
            1, "2025-01-0\($0)", quantity: "24", cost: "5", "\"InvoiceNumber\":\(invoice)")
        })
    }
    folder.write("2025-01-06.jsonl", rows(invoice: "null"))
    folder.write("2025-01-13.jsonl", rows(invoice: "\"G016907411\""))
    try folder.import("2025-01-06.jsonl")
    let billed = try folder.import("2025-01-13.jsonl").files[0]
    #expect([billed.linesNew, billed.linesKnown, billed.linesCorrected] == [0, 5, 0])
    #expect(try usage(folder).quantities == [24, 24, 24, 24, 24])
    #expect(try usage(folder).costs == [5, 5, 5, 5, 5])
  }

  @Test func `what several invoices bill of one line adds up within a file`() throws {
    let folder = ExportFolder()
    func row(_ quantity: String, invoice: String) -> String {
      graphRow(
        1, "2025-01-05", quantity: quantity, cost: "1", "\"InvoiceNumber\":\"\(invoice)\"")
    }
    folder.write("2025-01-06.jsonl", jsonLines([row("6", invoice: "G1"), row("4", invoice: "G2")]))
    try folder.import("2025-01-06.jsonl")
    #expect(try usage(folder).quantities == [10])
    #expect(try usage(folder).costs == [2])
    // The next file tells the whole line anew.
    folder.write("2025-01-13.jsonl", jsonLines([row("9", invoice: "G3")]))
    let report = try folder.import("2025-01-13.jsonl").files[0]
    #expect(report.linesCorrected == 1)
    #expect(try usage(folder).quantities == [10, 9])
  }

  @Test func `a reservation has a quantity and no cost, a refund a cost and no use`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([
        graphRow(1, "2025-01-04", quantity: "24", cost: nil),
        graphRow(1, "2025-01-05", quantity: "-3", cost: "-1.5", charge: "customerRefund"),
      ]))
    try folder.import("2025-01-06.jsonl")
    let usage = try usage(folder)
    #expect(usage.quantities == [24, 0])
    #expect(usage.costs[0].isNaN)
    #expect(usage.costs[1] == -1.5)
  }

  @Test func `what nobody can have used or paid is rejected, and almost nothing is nothing`() throws
  {
    let folder = ExportFolder()
    let rows = [
      graphRow(1, "2025-01-01", quantity: "2", cost: "1"),
      graphRow(1, "2025-01-02", quantity: "1e308", cost: "1"),
      graphRow(1, "2025-01-03", quantity: "1", cost: "-1e308"),
      graphRow(1, "2025-01-04", quantity: "1.55e-222", cost: "5e-324"),
    ]
    folder.write("2025-01-06/b.jsonl", jsonLines(rows))
    folder.write(
      "2025-01-06/u.jsonl",
      jsonLines([
        usageRow(2, "2025-01-01", "2"), usageRow(2, "2025-01-02", "1e308"),
        usageRow(2, "2025-01-03", "1e-300"), usageRow(2, "2025-01-04", "1e15"),
      ]))
    let report = try folder.import("2025-01-06")
    #expect(report.files.map(\.rowsRejected) == [2, 1])
    #expect(
      report.files[0].rejections.map { "\($0.column): \($0.reason)" } == [
        "Quantity: the number is larger than 1,000,000,000,000,000",
        "BillingPreTaxTotal: the number is larger than 1,000,000,000,000,000",
      ])
    let subscriptions = try folder.reading().customers().flatMap(\.subscriptions)
    #expect(subscriptions[0].usage.quantities == [2, 0])
    #expect(subscriptions[0].usage.costs == [1, 0])
    #expect(subscriptions[1].usage.quantities == [2, 0, 1e15])
  }

  @Test func `sums of what a store holds stay within bounds`() throws {
    var merger = BilledMerger(
      [
        ImportOrder(
          id: 1, observedOn: day("2025-01-06"), explicitDay: nil, source: -1, sourceName: "",
          resource: .billing)
      ], beside: nil)
    for identity in UInt64(1)...2 {
      merger.add(
        BilledLine(day: 20_000, meter: 1, identity: identity, quantity: 1e308, cost: -1e308),
        meter: 0, rank: 0)
    }
    var usage = UsageHistory()
    merger.flush(into: &usage)
    #expect(usage.quantities == [1e15])
    #expect(usage.costs == [-1e15])
  }

  @Test func `documented columns that are not needed are no unknown ones`() throws {
    let folder = ExportFolder()
    let more = ["PricingPreTaxTotal", "PricingCurrency", "Tags", "ProductId", "CustomerDomainName"]
      .map { "\"\($0)\":\"x\"" }.joined(separator: ",")
    folder.write(
      "2025-01-06.jsonl",
      graphRow(1, "2025-01-05", quantity: "1", cost: "1", more, "\"Surprise\":1") + "\n")
    folder.write(
      "2025-01-06.csv",
      "SubscriptionId,SubscriptionStartDate,SubscriptionState,Month,ServiceLevel1,UsageQuantity,New\n"
        + "\(guid(1)),2024-01-01,Active,2024-12-01,Compute,1,x\n"
        + "\(guid(2)),2024-01-01,Active,2024-12-01,Compute,1,x\n")
    let report = try folder.import("2025-01-06.jsonl", "2025-01-06.csv")
    #expect(report.files[0].notes.map(\.name) == ["Surprise"])
    // A column of a table stands in every row.
    #expect(report.files[1].notes.map { "\($0.name) \($0.count)" } == ["New 2"])
  }

  @Test func `a row without an Azure subscription is passed over, a broken one rejected`() throws {
    let folder = ExportFolder()
    let good = graphRow(1, "2025-01-05", quantity: "2", cost: "0.5")
    let id = "\"EntitlementId\":\"\(guid(1))\""
    let rows = [
      good, good.replacing(id, with: "\"EntitlementId\":\"\""),
      good.replacing(id, with: "\"EntitlementId\":\"x\""),
      good.replacing("\"Quantity\":2", with: "\"Quantity\":\"two\""),
      good.replacing("0.5", with: "\"0,5x\""), good.replacing("2025-01-05", with: "2025-02-30"),
    ]
    folder.write("2025-01-06.jsonl", jsonLines(rows))
    let file = try folder.import("2025-01-06.jsonl").files[0]
    #expect(file.rowsAccepted == 1)
    #expect(file.rowsIgnored == 1)
    #expect(file.ignoredCounts == ["no subscription": 1])
    let told = try folder.reading().status().quality.first { $0.name == "ignoredRows" }
    #expect(told?.severity == .info)
    #expect(told?.details == "1 of 6 rows are of no use: no subscription")
    #expect(
      file.rejections.map(\.column)
        == ["EntitlementId", "Quantity", "BillingPreTaxTotal", "UsageDate"])
  }

  @Test func `status and the quality report count billed lines as usage`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines([
        graphRow(1, "2025-01-04", quantity: "2", cost: "1"),
        graphRow(2, "2025-01-05", quantity: "2", cost: "1"),
      ]))
    folder.write(
      "2025-01-06/s.json",
      envelope([subscriptionRow(1, "\"creationDate\":\"2025-01-10\"")]))
    try folder.import("2025-01-06")
    let status = try folder.reading().status()
    #expect(status.usageLines == 2)
    #expect(status.unknownSubscriptions == 1)
    #expect(status.firstUsageDay == day("2025-01-04"))
    let names = status.quality.map(\.name)
    #expect(names.contains("usageBeforeStart"))
  }

  @Test func `taking an import back leaves nothing of it`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl", jsonLines([graphRow(1, "2025-01-05", quantity: "2", cost: "0.5")]))
    try folder.import("2025-01-06.jsonl")
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    try store.remove(importId: 1)
    for table in ["billing", "usage_name", "meter", "subscription", "text"] {
      #expect(try store.connection.integer("SELECT count(*) FROM \(table)") == 0)
    }
  }
}
