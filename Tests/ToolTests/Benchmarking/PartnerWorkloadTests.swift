import Files
import History
import TestSupport
import Testing

@testable import churn_bench

/// The made-up partner: always the same, importable, and with something of everything.
struct PartnerWorkloadTests {
  private static let small = PartnerWorkload(subscriptions: 300, lines: 30_000, exports: 12)

  /// A written folder.
  private func folder() throws -> (TemporaryFolder, PartnerFolder) {
    let temporary = TemporaryFolder()
    let folder = PartnerFolder(partner: Self.small, folder: temporary.path)
    try folder.write()
    return (temporary, folder)
  }

  private func rows(_ path: String) throws -> [[String: String]] {
    var reader = try DelimitedReader(bytes: contents(ofFile: path), path: path)
    let names = try #require(try reader.next()).fields
    var rows: [[String: String]] = []
    while let (_, fields) = try reader.next() {
      try #require(fields.count == names.count)
      rows.append(Dictionary(uniqueKeysWithValues: zip(names, fields)))
    }
    return rows
  }

  @Test func `the same numbers give the same bytes`() throws {
    let (one, first) = try folder()
    let (two, second) = try folder()
    defer { withExtendedLifetime((one, two)) {} }
    for name in ["usage.csv", "billing.csv", "exclusions.csv", "2025-04-07/subscriptions.csv"] {
      #expect(
        try contents(ofFile: "\(first.path)/\(name)") == contents(ofFile: "\(second.path)/\(name)"))
    }
  }

  @Test
  func `no subscription has the same meter twice on a day, and none is used before its start`()
    throws
  {
    let (temporary, folder) = try folder()
    defer { withExtendedLifetime(temporary) {} }
    let lives = (0..<Self.small.allSubscriptions).map { PartnerLife($0, of: Self.small) }
    let starts = Dictionary(uniqueKeysWithValues: lives.map { ($0.id, $0.start) })
    var seen: Set<[String]> = []
    for row in try rows("\(folder.path)/usage.csv") {
      let key = ["subscriptionId", "usageDate"].compactMap { row[$0] }
      let meter = PartnerUse.usageColumns[3..<11].compactMap { row[$0] }
      #expect(seen.insert(key + meter).inserted)
      let day = try #require(CalendarDay(key[1]))
      let start = try #require(starts[key[0]])
      #expect(day >= start - 1 && day <= Self.small.lastDay)
    }
    #expect(abs(seen.count - Self.small.lines) < Self.small.lines / 20)
  }

  @Test func `a billed line is a line of the usage, with a cost`() throws {
    let (temporary, folder) = try folder()
    defer { withExtendedLifetime(temporary) {} }
    let used = Set(
      try rows("\(folder.path)/usage.csv").map {
        "\($0["subscriptionId"] ?? "")\($0["usageDate"] ?? "")"
      })
    let billed = try rows("\(folder.path)/billing.csv")
    #expect(billed.count > 1_000)
    for row in billed {
      #expect(used.contains("\(row["EntitlementId"] ?? "")\(row["UsageDate"] ?? "")"))
      #expect(Double(row["BillingPreTaxTotal"] ?? "") != nil)
    }
    #expect(Set(billed.compactMap { $0["BillingCurrency"] }) == ["USD", "EUR"])
  }

  @Test func `every status, product, trial and change occurs`() throws {
    let (temporary, folder) = try folder()
    defer { withExtendedLifetime(temporary) {} }
    var values: [String: Set<String>] = [:]
    for day in Self.small.exportDays {
      for row in try rows("\(folder.path)/\(day)/subscriptions.csv") {
        for (name, value) in row { values[name, default: []].insert(value) }
      }
    }
    #expect(values["status"] == ["ACTIVE", "SUSPENDED", "DEPROVISIONED"])
    #expect(values["subscriptionType"] == ["Azure", "Office", ""])
    #expect(values["autoRenewEnabled"] == ["True", "False", ""])
    #expect(values["billingCycleName"] == ["Monthly", "Annual"])
    #expect(Set(PartnerLife.products).isSubset(of: values["productName"] ?? []))
    for name in ["trialEndDate", "trialToPaidConversionDate", "lastUsageDate", "lastRenewalDate"] {
      #expect(values[name]?.contains("") ?? false)
      #expect(values[name]?.count ?? 0 > 5, "\(name)")
    }
  }

  @Test func `landmarks are the exports whose outcome the last export has seen`() {
    let partner = PartnerWorkload()
    #expect(partner.landmarks.count == 52)
    #expect(partner.landmarks[0] == PartnerWorkload.firstExport)
    #expect(partner.landmarks[51] + 30 <= partner.lastDay)
    #expect(partner.exportDays[52] + 30 > partner.lastDay)
  }
}
