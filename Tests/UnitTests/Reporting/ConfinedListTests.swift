import Files
import TestSupport
import Testing

@testable import Reporting
import RiskModel

/// A reseller's list is read by another company.
struct ConfinedListTests {
  private var document: AtRiskDocument {
    let features = [
      ("daysSinceLastUsage", "usageRecency", "own"),
      ("cohortLost91", "partnerMarket", "OF OTHERS"),
      ("autoRenewAgainstPartner", "renewal", "OF OTHERS"),
      ("siblingsLost91", "customer", "of the customer"),
      ("partnerId", "partnerMarket", "OF OTHERS"), ("otherProductCount", "customer", "OF OTHERS"),
      ("daysToReservationEnd", "renewal", "of all its reservations"),
    ]
    let rows = (1...4).map { number in
      var row = SampleScores.row(number)
      row.identity.partnerId = number.isMultiple(of: 2) ? "b" : "a"
      row.identity.customerTenantId = SampleScores.id(number == 4 ? 1_001 : 1_000 + number)
      row.reasons = features.map {
        AtRiskDocument.Reason(
          feature: $0.0, family: $0.1, value: nil, contribution: 0.25, text: $0.2)
      }
      row.otherContributions = 1
      row.deadlines = [
        AtRiskDocument.Deadline(
          kind: "reservationEnds", date: "2026-11-30", text: "all its reservations")
      ]
      row.previous = AtRiskDocument.Previous(
        asOf: "2026-11-09", churnProbability: 0.3, riskBand: "high", rank: 100 - number)
      return row
    }
    var document = SampleScores.document(rows)
    document.attention = [
      Attention("x", "OF OTHERS")
    ]
    document.monitoring = ["maturedLists": [["rows": 987654321]]]
    document.high = 0.04286
    document.medium = 0.02128
    document.model.bias = -3.84375
    return document
  }

  @Test func `own rows, own ranks, and nothing of the others in any format`() throws {
    let lists = try ExportedLists(document, formats: ["csv", "json", "html"], by: .partnerId)
    #expect(try lists.column("rank", of: "a.csv") == ["1", "2"])
    #expect(
      try lists.column("subscriptionId", of: "a.csv") == [SampleScores.id(1), SampleScores.id(3)])
    for name in ["a.csv", "a.json", "a.html", "b.csv", "b.json", "b.html"] {
      #expect(try !lists.text(name).contains("OF OTHERS"), "\(name)")
      // The bands are multiples of the odds of the base rate, the bias is its logarithm.
      for figure in ["0.04286", "4.3", "987654321", "3.84375"] {
        #expect(try !lists.text(name).contains(figure), "\(name) \(figure)")
      }
    }
    #expect(try lists.text("all.html").contains("OF OTHERS"))
    let part = try AtRiskDocument(contentsOf: lists.folder["a.json"])
    #expect(part.model.baseRate == nil && part.attention.isEmpty && part.monitoring == .null)
    #expect(part.subscriptions.map { $0.previous?.rank } == [2, 1])
  }

  @Test func `the contributions still add up`() throws {
    let list = try #require(document.lists(by: .partnerId, capacity: nil).first { $0.key == "b" })
    let confined = document.confined(list, sharedCustomers: document.sharedCustomers).list
    for (before, after) in zip(list.rows, confined.rows) {
      func sum(_ row: AtRiskDocument.Row, bias: Double) -> Double {
        row.reasons.reduce(row.otherContributions + bias) { $0 + $1.contribution }
      }
      #expect(abs(sum(before, bias: document.model.bias) - sum(after, bias: 0)) <= 1e-12)
    }
    // The customer of row 4 buys from a, too: how its other subscriptions fare is a's.
    #expect(
      confined.rows.map { $0.reasons.map(\.text) }
        == [["own", "of the customer", "of all its reservations"], ["own"]])
    #expect(confined.rows.map(\.deadlines.count) == [1, 0])
  }

  @Test func `lists of account managers keep everything`() throws {
    let list = document.lists(by: .accountManager, capacity: nil)
    #expect(list[0].rows == document.subscriptions)
  }
}
