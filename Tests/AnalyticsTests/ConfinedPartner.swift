import Analytics
import Files
import History
import Reporting
import TestSupport

/// A partner made up by chance whose names and money can be recognised wherever they are written.
///
/// Two subscriptions share a customer. Every export shows every subscription, so that taking some out of all
/// exports leaves the others as they were.
struct ConfinedPartner {
  static let subscriptions = 1...10
  /// Begins every name that a customer chose, and every account manager.
  static let name = "Zq"
  /// Begins every amount of money; no other number of an answer holds it.
  static let money = "7919"

  static func planName(_ number: Int) -> String { "\(name)plan\(number)x" }

  private static func customerName(_ number: Int) -> String {
    "\(name)customer\((number + 1) / 2)x"
  }
  private static func tenant(_ number: Int) -> String { guid(1_000 + (number + 1) / 2).description }

  private struct Line {
    var number: Int
    var text: String
  }

  private var subscriptionExports: [(name: String, rows: [Line])] = []
  private var usageExports: [(name: String, rows: [Line])] = []
  private var costs: [Line] = []
  private var risk: [(number: Int, row: AtRiskDocument.Row)] = []

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func one(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
    for export in ["2026-01-05", "2026-01-12", "2026-02-02"] {
      subscriptionExports.append(
        (
          "subscriptions-\(export).json",
          Self.subscriptions.map { number in
            Line(
              number: number,
              text: subscriptionRow(
                number,
                [
                  ("customerTenantId", "\"\(Self.tenant(number))\""),
                  ("customerName", "\"\(Self.customerName(number))\""),
                  ("friendlyName", "\"\(Self.planName(number))\""),
                  ("status", "\"\(one(["ACTIVE", "ACTIVE", "SUSPENDED"]))\""),
                  ("customerMarket", "\"\(one(["US", "FR", "JP"]))\""),
                  ("licenseCount", one(["1", "2", "3", "null"])),
                  ("creationDate", "\"2025-0\(one(["1", "2", "3"]))-15T00:00:00\""),
                ]))
          }
        ))
      usageExports.append(
        (
          "usage-\(export).json",
          Self.subscriptions.flatMap { number in
            (1...6).map { back in
              Line(
                number: number,
                text: """
                  {"customerTenantId":"\(Self.tenant(number))","subscriptionId":"\(guid(number))",\
                  "customerName":"\(Self.customerName(number))",\
                  "subscriptionName":"\(Self.planName(number))",\
                  "usageDate":"\(day(export) - back)T00:00:00",\
                  "meterCategory":"\(one(["Storage", "VM"]))","meterUnit":"1 GB",\
                  "resourceLocation":"westeurope","quantity":\(one(["1", "2", "3.5"]))}
                  """)
            }
          }
        ))
    }
    costs = Self.subscriptions.flatMap { number in
      (1...3).map { date in
        Line(
          number: number,
          text: "\(guid(number)),2025-12-0\(date),\(Self.money).\(one(["25", "5"])),"
            + "\(one(["EUR", "USD"])),\(one(["Storage", "SQL"])),1,1 GB\n")
      }
    }
    risk = Self.subscriptions.map { number in
      var row = AtRiskDocument.Row()
      row.rank = number
      row.identity.subscriptionId = guid(number).description
      row.identity.subscriptionName = Self.planName(number)
      row.identity.customerTenantId = Self.tenant(number)
      row.identity.customerName = Self.customerName(number)
      row.identity.customerMarket = one(["US", "FR"])
      row.identity.status = "ACTIVE"
      row.identity.accountManager = "\(Self.name)manager\(number)x"
      row.identity.value = 7_919.5
      row.identity.valueBasis = "cost"
      row.identity.currency = "EUR"
      row.expectedLoss = 7_919.25
      row.churnProbability = 0.5
      row.riskBand = one(["high", "low"])
      return (number, row)
    }
  }

  /// The store and the scores of some of the subscriptions.
  func source(of kept: Set<Int>) throws -> (sample: Sample, scores: AtRiskDocument) {
    func texts(_ lines: [Line]) -> [String] {
      lines.filter { kept.contains($0.number) }.map(\.text)
    }
    let header =
      "SubAccountId,ChargePeriodStart,BilledCost,BillingCurrency,ServiceName,ConsumedQuantity,ConsumedUnit\n"
    let sample = try Sample(
      (subscriptionExports + usageExports).map { ($0.name, envelope(texts($0.rows))) }
        + [("focus-2026-01-05.csv", header + texts(costs).joined())])
    var scores = AtRiskDocument()
    scores.asOf = "2026-02-02"
    scores.subscriptions = risk.filter { kept.contains($0.number) }.map(\.row)
    return (sample, scores)
  }
}

extension AnalyticsAnswer {
  /// The bytes that a program gets, as text.
  func written(_ write: (AnalyticsAnswer, OutputFile) throws -> Void) throws -> String {
    let folder = TemporaryFolder()
    try writeFile(folder["out"]) { try write(self, $0) }
    return String(decoding: try contents(ofFile: folder["out"]), as: UTF8.self)
  }

  func json() throws -> String { try written { try $0.writeJSON(to: $1, nextLink: nil) } }
  func csv() throws -> String { try written { try $0.writeCSV(to: $1) } }
}
