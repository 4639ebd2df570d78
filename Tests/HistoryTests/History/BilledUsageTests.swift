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

  @Test func `on the days of the usage analytics only the costs of billing count`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "7") + "\n")
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines([
        graphRow(1, "2025-01-04", quantity: "2", cost: "0.5"),
        graphRow(1, "2025-01-05", quantity: "7", cost: "0.75"),
      ]))
    try folder.import("2025-01-06")
    let usage = try usage(folder)
    #expect(usage.days == ["2025-01-04", "2025-01-05", "2025-01-05"].map(day))
    #expect(usage.quantities.sorted() == [0, 2, 7])
    #expect(usage.costs.filter { !$0.isNaN } == [0.5, 0.75])
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

  @Test func `analytics of one subscription take nothing from the billing of another`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "7") + "\n")
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines([
        graphRow(1, "2025-01-05", quantity: "7", cost: "0.75"),
        graphRow(2, "2025-01-05", quantity: "4", cost: "0.5"),
      ]))
    try folder.import("2025-01-06")
    let subscriptions = try folder.reading().customers().flatMap(\.subscriptions)
    #expect(subscriptions.map(\.id) == [guid(1), guid(2)])
    #expect(subscriptions[0].usage.quantities.sorted() == [0, 7])
    #expect(subscriptions[1].usage.quantities == [4])
  }

  @Test func `analytics that come later take the quantity of billing away from then on`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/b.jsonl", jsonLines([graphRow(1, "2025-01-05", quantity: "7", cost: "0.75")]))
    folder.write("2025-01-13/u.jsonl", usageRow(1, "2025-01-05", "8") + "\n")
    folder.write(
      "2025-01-20/b.jsonl", jsonLines([graphRow(1, "2025-01-05", quantity: "9", cost: "1")]))
    for week in ["2025-01-06", "2025-01-13", "2025-01-20"] { try folder.import(week) }
    let store = try folder.reading()
    let usage = try usage(folder)
    let billed = usage.meters.indices.filter {
      !store.meters[Int(usage.meters[$0])].currency.isEmpty
    }
    #expect(billed.map { usage.quantities[$0] } == [7, 0, 0])
    #expect(billed.map { usage.costs[$0] } == [0.75, 0.75, 1])
    #expect(
      billed.map { usage.firstKnown[$0] } == ["2025-01-06", "2025-01-13", "2025-01-20"].map(day))
    // A quantity that gives way to its twin was not corrected; the second export's was.
    #expect(try store.status().usageCorrections == 1)
  }

  @Test(arguments: UInt64(1)...8)
  func `billing beside analytics is known on a day as it was on that day`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = ExportFolder()
    let first = day("2025-03-03")
    var weeks: [CalendarDay] = []
    for week in 0..<5 {
      let observedOn = first + 7 * week
      weeks.append(observedOn)
      func days() -> [CalendarDay] {
        (1...10).map { observedOn - $0 }.filter { _ in Bool.random(using: &generator) }
      }
      var billed: [String] = []
      var measured: [String] = []
      for id in 1...3 {
        for day in days() {
          let quantity = Int.random(in: 1...3, using: &generator)
          let resource = Bool.random(using: &generator) ? "vm-a" : "vm-b"
          billed.append(
            graphRow(id, "\(day)", quantity: "\(quantity)", cost: "1", resource: resource))
        }
        // The third has no analytics at all.
        for day in id < 3 ? days() : [] {
          measured.append(usageRow(id, "\(day)", "\(Int.random(in: 0...3, using: &generator))"))
        }
      }
      if !billed.isEmpty { folder.write("\(observedOn)/b.jsonl", jsonLines(billed)) }
      if !measured.isEmpty, Bool.random(using: &generator) {
        folder.write("\(observedOn)/u.jsonl", jsonLines(measured))
      }
    }
    let whole = ExportFolder()
    for week in weeks where folder.has("\(week)") {
      let store = try HistoryStore.open(whole.storePath, for: .importing)
      _ = try Importer(store).import(paths: [folder["\(week)"]])
    }
    let all = try whole.reading().knownQuantities(on: weeks)
    for (index, week) in weeks.enumerated() {
      let then = ExportFolder()
      for earlier in weeks[...index] where folder.has("\(earlier)") {
        let store = try HistoryStore.open(then.storePath, for: .importing)
        _ = try Importer(store).import(paths: [folder["\(earlier)"]])
      }
      guard then.has("store.sqlite") else { continue }
      #expect(try then.reading().knownQuantities(on: [week])[week] == all[week], "\(week)")
    }
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

struct FocusCostAndUsageTests {
  private let header =
    "ProviderName,SubAccountId,SubAccountName,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
    + "ServiceCategory,ServiceName,ResourceId,ConsumedQuantity,ConsumedUnit,BilledCost,"
    + "EffectiveCost,BillingCurrency\n"

  private func row(
    _ account: String, provider: String = "Microsoft", hour: Int = 0, category: String = "Usage",
    quantity: String = "2", cost: String = "0.5"
  ) -> String {
    let hour = hour < 10 ? "0\(hour)" : "\(hour)"
    return "\(provider),\(account),Main,2025-01-05T\(hour):00:00Z,2025-01-06T00:00:00Z,\(category),"
      + "Compute,Virtual Machines,/vm,\(quantity),Hours,\(cost),\(cost),USD\n"
  }

  private func imported(_ rows: [String]) throws -> (ExportFolder, FileReport) {
    let folder = ExportFolder()
    folder.write("2025-01-06.csv", header + rows.joined())
    return (folder, try folder.import("2025-01-06.csv").files[0])
  }

  @Test func `the last part of a sub-account path is the subscription`() throws {
    let (folder, report) = try imported([
      row("/subscriptions/\(guid(1).description.uppercased())"), row(guid(2).description),
    ])
    #expect(report.format == "FOCUS cost and usage")
    let subscriptions = try folder.reading().customers().flatMap(\.subscriptions)
    #expect(Set(subscriptions.map(\.id)) == [guid(1), guid(2)])
    #expect(subscriptions.map(\.usage.costs) == [[0.5], [0.5]])
    let meter = try folder.reading().meters[0]
    #expect(meter.meterCategory == "Virtual Machines")
    #expect(meter.serviceType == "Compute")
    #expect(meter.meterUnit == "Hours")
    #expect(meter.currency == "USD")
  }

  @Test func `a row with its invoice is the row that had none`() throws {
    let folder = ExportFolder()
    func table(invoice: String) -> String {
      header.replacing("BillingCurrency", with: "BillingCurrency,InvoiceId")
        + row(guid(1).description).replacing("USD", with: "USD,\(invoice)")
    }
    folder.write("2025-01-06.csv", table(invoice: ""))
    folder.write("2025-01-13.csv", table(invoice: "G0169"))
    try folder.import("2025-01-06.csv")
    #expect(try folder.import("2025-01-13.csv").files[0].linesKnown == 1)
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities == [2])
    #expect(usage.costs == [0.5])
  }

  @Test func `hourly rows of a day add up`() throws {
    let (folder, _) = try imported((0..<24).map { row(guid(1).description, hour: $0) })
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities == [48])
    #expect(usage.costs == [12])
  }

  @Test func `only usage is use; taxes, credits and purchases cost`() throws {
    let (folder, report) = try imported([
      row(guid(1).description, category: "Tax", quantity: "", cost: "0.25"),
      row(guid(1).description, category: "Purchase", quantity: "5", cost: "1"), row("", cost: "9"),
    ])
    #expect(report.rowsAccepted == 2)
    #expect(report.rowsIgnored == 1)
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.quantities.allSatisfy { $0 == 0 })
    #expect(usage.costs.reduce(0, +) == 1.25)
  }

  @Test func `accounts of other clouds load, under ids that no Azure subscription has`() throws {
    let (folder, report) = try imported([
      row("123456789012", provider: "AWS"), row("123456789012", provider: "Google Cloud"),
    ])
    #expect(report.rowsAccepted == 2)
    let store = try folder.reading()
    let ids = try store.customers().flatMap(\.subscriptions).map(\.id)
    #expect(Set(ids).count == 2)
    #expect(ids.allSatisfy { $0.description.dropFirst(14).first == "8" })
    #expect(store.idMatch == nil)
  }
}

struct InsightsTests {
  @Test func `Azure usage stands on the last day of its month, with ACR in dollars`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-03-10.tsv",
      """
      SubscriptionId\tMonth\tServiceLevel1\tServiceLevel2\tUsageUnits\tUsageQuantity\tCustomerTenantId\tACR_USD\tIsACRDuplicateAtPGALevel
      \(guid(1))\t2025-01-01\tCompute\tVM\tHours\t744\t\(guid(901))\t74.4\t0
      \(guid(1))\t2025-02-01\tCompute\tVM\tHours\t672\t\(guid(901))\t67.2\t0
      \(guid(1))\t2025-02-01\tCompute\tVM\tHours\t672\t\(guid(901))\t67.2\t1
      \(GUID.zero)\t2025-02-01\tUNKNOWN\t\t\t\t\t5\t0

      """)
    let report = try folder.import("2025-03-10.tsv").files[0]
    #expect(report.format == "Insights Azure usage")
    #expect(report.rowsAccepted == 2)
    #expect(report.rowsIgnored == 2)
    let store = try folder.reading()
    let usage = try store.customers()[0].subscriptions[0].usage
    #expect(usage.days == [day("2025-01-31"), day("2025-02-28")])
    #expect(usage.costs == [74.4, 67.2])
    #expect(store.meters[0].currency == "USD")
  }

  @Test(arguments: [
    ["8/1/2026", "9/1/2026", "10/1/2026"], ["01/08/2026", "01/09/2026", "01/10/2026"],
    ["2026-08", "2026-09", "2026-10"], ["2026-08-01", "2026-09-30", "10/31/2026"],
  ])
  func `a month may be written as its first day in either order, or alone`(
    months: [String]
  ) throws {
    let folder = ExportFolder()
    folder.write(
      "2026-11-16/usage.csv",
      "SubscriptionId,Month,ServiceLevel1,UsageQuantity,ACR_USD\n"
        + months.map { "\(guid(1)),\($0),Compute,7,1\n" }.joined())
    folder.write(
      "2026-11-16/subscriptions.csv",
      "SubscriptionId,SubscriptionState,Month,IsAutoRenew,Product\n"
        + zip(months, ["Churned", "Churned", "Active"]).map {
          "\(guid(1)),\($1),\($0),Yes,Azure\n"
        }.joined())
    let report = try folder.import("2026-11-16")
    #expect(report.files.map(\.rowsRejected) == [0, 0])
    let subscription = try folder.reading().customers()[0].subscriptions[0]
    #expect(
      subscription.usage.days == [day("2026-08-31"), day("2026-09-30"), day("2026-10-31")])
    #expect(subscription.states.map(\.status) == [.active])
  }

  @Test func `months are no gaps, and the end of this one makes nothing stale`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-03-10/usage.csv",
      "SubscriptionId,Month,ServiceLevel1,UsageQuantity,ACR_USD\n"
        + (1...3).map { "\(guid(1)),2025-0\($0)-01,Compute,7,1\n" }.joined())
    folder.write("2025-03-10/subscriptions.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-03-10")
    let status = try folder.reading().status()
    #expect(status.lastUsageDay == day("2025-03-31"))
    #expect(status.usageGaps.isEmpty)
    #expect(!status.quality.map(\.name).contains { ["usageGap", "staleSource"].contains($0) })
  }

  @Test func `of subscription details the newest month is the state`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-03-10.csv",
      """
      SubscriptionId,SubscriptionStartDate,SubscriptionEndDate,SubscriptionState,Month,IsAutoRenew,CustomerName,CustomerTenantId,CustomerMarket,Product,AvailableSeatsEOP
      \(guid(1)),2024-01-01,2025-12-31,Active,2025-02-01,Yes,Contoso,\(guid(901)),DE,Azure,3
      \(guid(1)),2024-01-01,2025-12-31,Active,2025-01-01,No,Contoso,\(guid(901)),DE,Azure,2
      \(guid(2)),2024-01-01,2025-02-15,Churned,2025-02-01,No,Contoso,\(guid(901)),DE,Azure,1

      """)
    let report = try folder.import("2025-03-10.csv").files[0]
    #expect(report.format == "Insights subscription details")
    #expect(report.source == "insights")
    let subscriptions = try folder.reading().customers()[0].subscriptions
    let (first, second) = (subscriptions[0].states[0], subscriptions[1].states[0])
    #expect(first.status == .active)
    #expect(first.autoRenewEnabled == true)
    #expect(first.licenseCount == 3)
    #expect(first.subscriptionType == "Azure")
    #expect(first.commitmentEndDate == day("2025-12-31"))
    #expect(second.status == .deprovisioned)
    #expect(second.deprovisionedDate == day("2025-02-15"))
    #expect(second.commitmentEndDate == nil)
  }
}

struct BilledStagingTests {
  @Test(arguments: UInt64(1)...6)
  func `what a file amounts to does not depend on when the staging is full`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let entries = (0..<400).map { _ in
      let row = UInt64.random(in: 1...60, using: &generator)
      return BilledStaging.Entry(
        subscription: Int64(row % 3),
        line: BilledLine(
          day: 20_000, meter: 1, identity: row % 5, quantity: Double(row), cost: Double(row % 7)),
        row: row, mayRepeat: row.isMultiple(of: 2))
    }
    func sums(capacity: Int) -> (sums: [[Int64]: Double], repeated: Int) {
      var staging = BilledStaging(capacity: capacity)
      var sums: [[Int64]: Double] = [:]
      func drain() {
        for (subscription, lines) in staging.drain() {
          for line in lines {
            sums[[subscription, Int64(line.identity)], default: 0] += line.quantity
          }
        }
      }
      for entry in entries {
        staging.append(entry)
        if staging.isFull { drain() }
      }
      drain()
      return (sums, staging.repeated)
    }
    let whole = sums(capacity: 1_000)
    #expect(whole.repeated > 50)
    for capacity in [1, 7, 100, 400] {
      let parts = sums(capacity: capacity)
      #expect(parts.sums == whole.sums)
      #expect(parts.repeated == whole.repeated)
    }
  }
}

struct PackedBillingTests {
  @Test func `what is packed is unpacked, and damage is told`() {
    var generator = SeededGenerator(seed: 11)
    for count in [1, 2, 300] {
      let lines = (0..<count).map { index in
        BilledLine(
          day: 20_000 + Int32(index % 28), meter: Int64.random(in: 1..<1 << 20, using: &generator),
          identity: generator.next(), quantity: Double.random(in: -5...5, using: &generator),
          cost: index % 3 == 0 ? .nan : Double.random(in: -1...9, using: &generator))
      }
      let blob = PackedBilling.pack(lines[...], dayBefore: 19_999)
      var read: [BilledLine] = []
      #expect(PackedBilling.unpack(blob.span, dayBefore: 19_999, into: &read))
      #expect(read.map(\.quantity.bitPattern) == lines.map(\.quantity.bitPattern))
      #expect(read.map(\.cost.bitPattern) == lines.map(\.cost.bitPattern))
      #expect(read.map(\.identity) == lines.map(\.identity))
      #expect(read.map(\.day) == lines.map(\.day))
      #expect(read.map(\.meter) == lines.map(\.meter))
      for length in 0..<min(blob.count, 200) {
        var none: [BilledLine] = []
        let part = Array(blob[..<length])
        #expect(!PackedBilling.unpack(part.span, dayBefore: 0, into: &none))
        #expect(none.isEmpty)
      }
      var long: [BilledLine] = []
      #expect(!PackedBilling.unpack((blob + [0]).span, dayBefore: 0, into: &long))
    }
  }
}

struct NationalCloudTests {
  @Test func `the cloud is told by the address of the next page, and told to people`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope(
        [subscriptionRow(1)],
        nextLink: "\"https://partner.partnercenterapi.microsoftonline.cn/v1/next?skip=10000\""))
    let report = try folder.import("2025-01-06.json")
    #expect(
      report.files[0].warnings.contains {
        $0.contains("21Vianet has no Azure") && $0.contains("is scored")
      })
    let status = try folder.reading().status()
    #expect(status.sources.map(\.cloud) == [.china])
    #expect(status.warnings.contains { $0.contains("21Vianet") })
    // A later file of the source says nothing about its cloud.
    folder.write("2025-01-13.json", envelope([subscriptionRow(1)]))
    #expect(
      try folder.import("2025-01-13.json").files[0].warnings.contains { $0.contains("21Vianet") })
    #expect(try folder.reading().status().sources.map(\.cloud) == [.china])
  }

  @Test func `addresses that several clouds share tell nothing`() {
    #expect(NationalCloud(address: "https://api.partnercenter.microsoft.com/v1/x") == nil)
    #expect(NationalCloud(address: "https://login.microsoftonline.de/x") == .germany)
  }
}

extension HistoryStore {
  /// On each day what was known of each usage day: the sum of the quantities of all meters.
  fileprivate func knownQuantities(
    on moments: [CalendarDay], lag: Int = 1
  ) throws -> [CalendarDay: [String: Double]] {
    var known: [CalendarDay: [String: Double]] = [:]
    for moment in moments {
      known[moment] = [:]
      for subscription in try customers().flatMap(\.subscriptions) {
        let usage = subscription.usage
        var newest: [String: (day: CalendarDay, quantity: Double)] = [:]
        for row in 0..<usage.count
        where max(usage.days[row] + lag, usage.firstKnown[row]) <= moment {
          newest["\(usage.days[row]) \(usage.meters[row])"] = (
            usage.days[row], usage.quantities[row]
          )
        }
        for (day, quantity) in newest.values {
          known[moment]?["\(subscription.id) \(day)", default: 0] += quantity
        }
      }
    }
    return known
  }
}
