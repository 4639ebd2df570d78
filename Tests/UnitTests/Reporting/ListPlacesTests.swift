import Files
import RiskModel
import TestSupport
import Testing

@testable import Reporting

/// What stands first in a list, and what a full list leaves out.
struct ListPlacesTests {
  private func row(
    _ rank: Int, _ loss: Double?, _ currency: String?, manager: String? = nil
  ) -> AtRiskDocument.Row {
    var row = SampleScores.row(rank, manager: manager)
    row.expectedLoss = loss
    row.identity.value = loss.map { $0 * 2 }
    row.identity.valueBasis = currency == nil ? "usage" : "cost"
    row.identity.currency = currency
    return row
  }

  private func rates() throws -> ExchangeRates {
    let folder = TemporaryFolder()
    try writeFile(folder["rates.csv"]) {
      try $0.write("currency,rate,day\nUSD,1,2026-01-01\nEUR,1.2,2026-01-01\nJPY,0.01,2026-01-01\n")
    }
    return try ExchangeRates(contentsOf: folder["rates.csv"], on: day("2026-11-16"))
  }

  @Test func `by expected loss, the largest group of one currency first`() {
    let rows = [
      row(1, 5, "EUR"), row(2, 10, "USD"), row(3, nil, nil), row(4, 900, nil), row(5, 20, "USD"),
      row(6, 20, "USD"),
    ]
    #expect(ListSort.expectedLoss.sorted(rows).map(\.rank) == [5, 6, 2, 1, 4, 3])
    #expect(ListSort.probability.sorted(rows).map(\.rank) == [1, 2, 3, 4, 5, 6])
  }

  @Test func `with exchange rates, money in one order and the rest behind it`() throws {
    var document = SampleScores.document([
      // 50,000 yen are 500 dollars, 480 euro are 576.
      row(1, 50_000, "JPY"), row(2, 480, "EUR"), row(3, 510, "USD"), row(4, 9_000, "GBP"),
      row(5, 9_000, nil), row(6, nil, nil), row(7, 9_500, nil),
    ])
    document.convertLosses(by: try rates())
    #expect(
      ListSort.expectedLoss.sorted(document.subscriptions).map(\.rank) == [2, 3, 1, 7, 5, 4, 6])
    document.convertLosses(by: nil)
    #expect(document.subscriptions.allSatisfy { $0.convertedLoss == nil })
  }

  @Test func `units that cannot be compared are told`() throws {
    func remarks(
      _ rows: [AtRiskDocument.Row], order: ListSort = .expectedLoss, _ rates: ExchangeRates? = nil
    ) -> [String] {
      var document = SampleScores.document(rows)
      document.convertLosses(by: rates)
      // Twice, as the export of scores of a run does it.
      for _ in 0..<2 {
        document.remarkOnLists(order: order, policy: ListingPolicy(), profit: nil)
      }
      return document.attention.map { "\($0.code): \($0.text)" }
    }
    let several = [row(1, 5, "EUR"), row(2, 5, "USD"), row(3, 5, "USD"), row(4, 5, nil)]
    let told = remarks(several)
    #expect(told.count == 1 && told[0].hasPrefix("severalUnits"))
    #expect(told[0].contains("2 in USD, 1 in EUR, 1 in lines of usage"))
    let converted = try remarks(several, rates())
    #expect(converted.count == 1)
    #expect(converted[0].contains("3 are ordered by the expected loss in money"))
    #expect(try remarks(Array(several.prefix(3)), rates()) == [])
    #expect(remarks(several, order: .probability) == [])
    #expect(remarks([row(1, 5, "EUR"), row(2, nil, nil)]) == [])
    #expect(remarks([row(1, nil, nil)]).first?.hasPrefix("orderWithoutValues") ?? false)
  }

  @Test func `money that is left out still decides the order`() throws {
    let rows = [row(1, 1, "USD", manager: "A"), row(2, 3, "USD", manager: "A"), row(3, 2, "USD")]
    let folder = TemporaryFolder()
    var export = ListExport(
      document: SampleScores.document(rows), formats: ListFormats.all, grouping: .accountManager,
      order: .expectedLoss, capacity: 1, mode: 0o600)
    export.redactions = [.revenue]
    _ = try export.write(to: folder.path)
    let document = try AtRiskDocument(contentsOf: folder["a.json"])
    #expect(document.subscriptions.map(\.rank) == [2])
    for name in ["a.json", "all.json", "unassigned.json"] {
      for row in try AtRiskDocument(contentsOf: folder[name]).subscriptions {
        #expect(row.expectedLoss == nil && row.identity.value == nil)
        #expect(row.identity.currency == nil)
      }
    }
  }

  @Test func `what a full list leaves out is listed nowhere`() throws {
    let rows =
      (1...4).map { row($0, 1, "USD", manager: "A") }
      + [row(5, 1, "USD", manager: "B"), row(6, 1, "USD"), row(7, 1, "USD")]
    var document = SampleScores.document(rows)
    try document.compare(with: nil, path: nil)
    document.decideEntries(since: nil)
    let before = document
    document.limitLists(by: .accountManager, order: .probability, capacity: 1)
    #expect(document.subscriptions.filter(\.isListed).map(\.rank) == [1, 5, 6])
    #expect(
      document.subscriptions[1].listing
        == AtRiskDocument.Listing(isListed: false, since: "2026-11-16", reason: .overCapacity))
    let lists = document.lists(by: .accountManager, capacity: nil).filter { $0.kind != .all }
    #expect(lists.map(\.rows.count) == [1, 1, 1])
    // Anew, with more room, and with room for all.
    document.limitLists(by: .accountManager, order: .probability, capacity: 3)
    #expect(document.subscriptions.filter(\.isListed).map(\.rank) == [1, 2, 3, 5, 6, 7])
    document.limitLists(by: .accountManager, order: .probability, capacity: nil)
    #expect(document == before)
  }

  @Test func `all files of an export agree on who is listed`() throws {
    let rows = (1...5).map { row($0, 1, "USD", manager: "A") }
    let lists = try ExportedLists(
      SampleScores.document(rows), formats: ["csv", "json"], capacity: 2)
    #expect(try lists.column("rank", of: "a.csv") == ["1", "2"])
    let all = try AtRiskDocument(contentsOf: lists.folder["all.json"])
    #expect(all.subscriptions.map(\.isListed) == [true, true, false, false, false])
    #expect(all.subscriptions[2].listing?.reason == .overCapacity)
    let summary = try JSONValue(parsing: Array(lists.text("summary.json").utf8), path: "")
    #expect(summary["lists"]?.array?.compactMap { $0["listed"]?.int } == [2, 2, 0])
  }

  @Test func `who found no room stays the case that it was`() throws {
    var before = row(1, 1, "USD")
    before.firstFlagged = "2026-10-26"
    before.listing = AtRiskDocument.Listing(
      isListed: false, since: "2026-11-02", reason: .overCapacity)
    var document = SampleScores.document([row(1, 1, "USD")])
    let previous = SampleScores.document(asOf: "2026-11-09", [before])
    try document.compare(with: previous, path: nil)
    document.decideEntries(since: previous)
    document.putAside()
    #expect(
      document.subscriptions[0].listing
        == AtRiskDocument.Listing(isListed: true, since: "2026-11-02", reason: .stays))
    // A contact counts for rows beyond the capacity too; without one they stay beyond it.
    var spared = SampleScores.document([before])
    spared.putAside()
    #expect(spared.subscriptions[0].listing?.reason == .overCapacity)
    spared.subscriptions[0].contact = AtRiskDocument.LastContact(
      date: "2026-11-15", accountManager: nil, outcome: "called", until: nil)
    spared.putAside()
    #expect(spared.subscriptions[0].listing?.reason == .contacted)
  }
}
