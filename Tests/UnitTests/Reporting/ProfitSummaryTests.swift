import Files
import History
import Learning
import RiskModel
import TestSupport
import Testing
import Words

@testable import Reporting

/// What contacts are expected to earn, in the summary.
struct ProfitSummaryTests {
  private let folder = TemporaryFolder()

  private func rates(_ text: String, on day: String = "2026-11-16") throws -> ExchangeRates {
    try writeFile(folder["rates.csv"]) { try $0.write(text) }
    return try ExchangeRates(contentsOf: folder["rates.csv"], on: #require(CalendarDay(day)))
  }

  private static let file = """
    currency,rate,day
    USD,1,2026-01-01
    EUR,1.5,2026-11-01
    EUR,1.25,2026-11-16
    EUR,9,2026-11-17
    """

  private func document() -> AtRiskDocument {
    let rows = [
      ("USD", 100.0, "cost"), ("eur", 200, "cost"), ("JPY", 5, "cost"), ("USD", 7, "usage"),
    ]
    .enumerated().map { index, money in
      var row = SampleScores.row(index + 1, probability: [0.5, 0.4, 0.3, 0.2][index])
      (row.identity.currency, row.identity.value, row.identity.valueBasis) = money
      return row
    }
    return SampleScores.document(rows)
  }

  @Test func `of each currency the newest rate that is not later`() throws {
    let rates = try rates(Self.file)
    #expect(rates.currency == "USD" && rates.file == "rates.csv")
    #expect(rates.converted(200, from: "EUR") == 250 && rates.converted(3, from: "usd") == 3)
    #expect(rates.converted(1, from: "JPY") == nil && rates.converted(1, from: nil) == nil)
    #expect(try self.rates(Self.file, on: "2026-11-15").converted(2, from: "EUR") == 3)
  }

  @Test(arguments: [
    "", "currency,rate\nUSD,1", "currency,rate,day\nUSD,one,2026-01-01",
    "currency,rate,day\nUSD,1,yesterday", "currency,rate,day\nEUR,1.1,2026-01-01",
    "currency,rate,day\nUSD,1,2026-01-01\nEUR,1,2026-01-01", "currency,rate,day\nUSD,1,2027-01-01",
    "currency,rate,day\nUSD,-1,2026-01-01", "currency,rate,day\nUSD,1",
  ])
  func `a file that is no table of rates is refused`(text: String) throws {
    let error = try #require(throws: FileError.self) { try rates(text) }
    #expect(error.kind == .unusable && error.description.contains("rates.csv"))
  }

  @Test func `a wrong line is named by its number`() throws {
    let error = try #require(throws: FileError.self) {
      try rates("currency,rate,day\nUSD,1,2026-01-01\nEUR,x,2026-01-01")
    }
    #expect(error.line == 3)
  }

  @Test func `amounts are converted, and rows without one are counted`() throws {
    let rates = try rates(Self.file)
    let offer = RetentionOffer(contactCost: 1, offerCost: 10)
    let profit = try #require(
      ProfitSummary(document(), order: .probability, rates: rates, offer: offer))
    #expect(profit.rows == 2 && profit.rowsWithoutAmount == 2)
    #expect(profit.points.map(\.contacts) == [1, 2])
    // γ is 0.3 on average: 0.5·(0.3·90 − 1) − 0.5·11, then 0.4·(0.3·240 − 1) − 0.6·11 more.
    #expect(abs(profit.points[0].profit - 7.5) < 1e-12)
    #expect(abs(profit.points[1].profit - (7.5 + 21.8)) < 1e-12)
    #expect(profit.bestContacts == 2 && profit.expectedMaximum >= 29.3 - 1e-9)
    // By expected loss the row in euro comes first.
    let byLoss = try #require(
      ProfitSummary(document(), order: .expectedLoss, rates: rates, offer: offer))
    #expect(abs(byLoss.points[0].profit - 21.8) < 1e-12)
    var ruled = document()
    ruled.model.learner = "rules"
    #expect(ProfitSummary(ruled, order: .probability, rates: rates, offer: offer) == nil)
  }

  @Test func `where nothing costs money a remark says so, and no table is shown`() throws {
    var document = document()
    for index in document.subscriptions.indices {
      document.subscriptions[index].identity.valueBasis = "usage"
    }
    let profit = try #require(
      ProfitSummary(document, order: .probability, rates: rates(Self.file), offer: .init()))
    #expect(profit.rows == 0 && profit.rowsWithoutAmount == 4)
    document.remarkOnLists(order: .probability, policy: ListingPolicy(), profit: profit)
    #expect(document.attention.map(\.code) == ["profitWithoutMoney"])
    #expect(document.attention[0].text.contains("none of 4 scored subscriptions"))
    var export = ListExport(
      document: document, formats: ListFormats.all, grouping: .accountManager, capacity: nil,
      mode: 0o600)
    export.profit = profit
    _ = try export.write(to: folder["none"])
    let page = String(decoding: try contents(ofFile: folder["none/summary.html"]), as: UTF8.self)
    #expect(!page.contains("Profit by contacts") && page.contains("Values of usage or licences"))
    // Under rules there is no profit at all, and that is told too.
    var policy = ListingPolicy()
    policy.rates = try rates(Self.file)
    document.model.learner = "rules"
    document.remarkOnLists(order: .probability, policy: policy, profit: nil)
    #expect(document.attention.map(\.code) == ["profitWithoutProbabilities"])
    let sheets = try #require(ZipMember.all(of: contents(ofFile: folder["none/summary.xlsx"])))
    #expect(!sheets.contains { $0.name == "xl/worksheets/sheet3.xml" })
  }

  @Test func `it stands in the summary of every format, and alone as CSV`() throws {
    let document = document()
    var export = ListExport(
      document: document, formats: ListFormats.all, grouping: .accountManager, capacity: nil,
      mode: 0o600)
    let without = try export.write(to: folder["without"])
    #expect(!without.contains { $0.kind == .profit })
    export.profit = try ProfitSummary(
      document, order: .probability, rates: rates(Self.file), offer: RetentionOffer())
    let entries = try export.write(to: folder["with"])
    #expect(entries.contains { $0.file == "profit.csv" && $0.rows == 2 && $0.reader == .partner })
    func text(_ name: String) throws -> String {
      String(decoding: try contents(ofFile: folder["with/\(name)"]), as: UTF8.self)
    }
    let lines = try text("profit.csv").split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines[0] == ["contacts", "expectedProfit", "currency"] && lines.count == 3)
    #expect(lines[2][0] == "2" && lines[2][2] == "USD")
    #expect(abs((Double(lines[2][1]) ?? .nan) - 29.3) < 1e-9)
    let json = try JSONValue(parsing: Array(text("summary.json").utf8), path: "")["profit"]
    #expect(json?["currency"] == "USD" && json?["rates"] == "rates.csv")
    #expect(json?["bestContacts"] == 2 && json?["curve"]?.array?.count == 2)
    #expect(try text("summary.html").contains("Highest with 2 contacts"))
    // It is no figure of the table, and the page says why.
    #expect(try text("summary.html").contains("never below the highest figure of the table"))
    let sheets = try #require(ZipMember.all(of: contents(ofFile: folder["with/summary.xlsx"])))
    #expect(sheets.contains { $0.name == "xl/worksheets/sheet3.xml" })
  }
}
