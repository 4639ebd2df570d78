import Files
import TestSupport
import Testing

@testable import History

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
