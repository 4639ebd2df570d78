import Files
import TestSupport
import Testing

@testable import History

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
    #expect(try store.idMatch() == nil)
  }
}
