import Files
import History
import RiskModel
import TestSupport
import Testing

@testable import Reporting

/// Who is left alone to learn what calls are worth.
struct HoldOutTests {
  /// A customer with a row for each value.
  private func customer(
    _ number: Int, _ values: [(amount: Double?, basis: String?, currency: String?)]
  ) -> [AtRiskDocument.Row] {
    values.enumerated().map { place, value in
      var row = SampleScores.row(10_000 + number * 10 + place)
      row.identity.customerTenantId = SampleScores.id(number)
      (row.identity.value, row.identity.valueBasis, row.identity.currency) = value
      return row
    }
  }

  private func policy(
    below limit: Double, currency: String? = nil, share: Double = 1, rates: ExchangeRates? = nil
  ) -> ListingPolicy {
    var policy = ListingPolicy()
    policy.holdOut = ListingPolicy.HoldOut(share: share, greatestValue: limit, currency: currency)
    policy.rates = rates
    return policy
  }

  /// The numbers of the customers that are left alone.
  private func leftAlone(
    _ customers: [[AtRiskDocument.Row]], by policy: ListingPolicy
  ) -> [Int] {
    var document = SampleScores.document(customers.flatMap { $0 })
    document.decideEntries(since: nil)
    document.putAside(by: policy)
    return customers.indices.filter { index in
      document.subscriptions.contains {
        $0.listing?.reason == .holdOut
          && $0.identity.customerTenantId == customers[index][0].identity.customerTenantId
      }
    }
  }

  @Test func `the same customers every week, whatever their order`() {
    let rows = (1...400).flatMap {
      customer($0, [($0 % 2 == 0 ? 10 : 1_000, "cost", "USD")])
    }
    let policy = policy(below: 100, share: 0.2)
    func alone(_ rows: [AtRiskDocument.Row]) -> [AtRiskDocument.Row] {
      var document = SampleScores.document(rows)
      document.decideEntries(since: nil)
      document.putAside(by: policy)
      return document.subscriptions.filter { $0.listing?.reason == .holdOut }
    }
    let first = alone(rows)
    #expect(first.allSatisfy { $0.identity.value == 10 && !$0.isListed })
    // Of 200 customers of little value a fifth: 40, give or take four standard errors of 5.7.
    #expect((18...62).contains(first.count))
    #expect(
      Set(alone(rows.reversed()).map(\.identity.subscriptionId))
        == Set(first.map(\.identity.subscriptionId)))
  }

  @Test func `only what is known to cost little is left alone`() {
    let customers = [
      customer(1, [(900, "cost", "USD")]), customer(2, [(1_001, "cost", "USD")]),
      // Licences and usage are no money, and nothing is not little.
      customer(3, [(80, "licences", nil)]), customer(4, [(3, "usage", nil)]),
      customer(5, [(nil, nil, nil)]),
      // One row is enough.
      customer(6, [(5, "cost", "USD"), (5_000, "cost", "USD")]),
      customer(7, [(5, "cost", "USD"), (nil, nil, nil)]),
      customer(8, [(5, "cost", "USD"), (1_000, "cost", "usd")]),
    ]
    #expect(leftAlone(customers, by: policy(below: 1_000)) == [0, 7])
  }

  @Test func `where costs are in several currencies the limit needs one`() throws {
    let customers = [
      customer(1, [(900, "cost", "USD")]), customer(2, [(900, "cost", "JPY")]),
      customer(3, [(900, "cost", "EUR")]), customer(4, [(9, "cost", "GBP")]),
    ]
    #expect(leftAlone(customers, by: policy(below: 1_000)) == [])
    #expect(leftAlone(customers, by: policy(below: 1_000, currency: "jpy")) == [1])
    let folder = TemporaryFolder()
    try writeFile(folder["rates.csv"]) {
      try $0.write("currency,rate,day\nUSD,1,2026-01-01\nEUR,1.2,2026-01-01\nJPY,0.01,2026-01-01\n")
    }
    let rates = try ExchangeRates(contentsOf: folder["rates.csv"], on: day("2026-11-16"))
    // 900 euro are 1,080 dollars; there is no rate for pounds.
    #expect(leftAlone(customers, by: policy(below: 1_000, rates: rates)) == [0, 1])
    #expect(
      leftAlone(customers, by: policy(below: 1_000, currency: "EUR", rates: rates)) == [2])
  }

  @Test func `a limit that nobody is below is told`() {
    func codes(_ rows: [AtRiskDocument.Row], _ policy: ListingPolicy) -> [String] {
      var document = SampleScores.document(rows)
      document.decideEntries(since: nil)
      document.putAside(by: policy)
      document.remarkOnLists(order: .probability, policy: policy, profit: nil)
      return document.attention.map {
        "\($0.code): \($0.text.matches(of: #/at most .*? in/#).map(\.output).joined())"
      }
    }
    let licences = customer(1, [(80, "licences", nil)])
    #expect(codes(licences, policy(below: 1_000)) == ["holdOutWithoutMoney: at most 1,000 in"])
    #expect(
      codes(licences, policy(below: 9.5, currency: "usd"))
        == ["holdOutWithoutMoney: at most 9.50 USD in"])
    #expect(codes(customer(1, [(80, "cost", "USD")]), policy(below: 1_000)) == [])
    #expect(codes(licences, ListingPolicy()) == [])
  }

  @Test func `it lasts until it is given anew`() throws {
    let rows = customer(1, [(5, "cost", "USD")]) + customer(2, [(5_000, "cost", "USD")])
    var document = SampleScores.document(rows)
    try document.compare(with: nil, path: nil)
    document.decideEntries(since: nil)
    document.putAside(by: policy(below: 1_000))
    #expect(document.subscriptions.map { $0.listing?.reason } == [.holdOut, .firstRun])
    // As an export does it: with other contacts, and with previous scores.
    document.note(ContactLog())
    document.putAside()
    #expect(document.subscriptions.map(\.isListed) == [false, true])
    let previous = SampleScores.document(asOf: "2026-11-09", rows)
    try document.compare(with: previous, path: nil)
    document.decideEntries(since: previous)
    document.putAside()
    #expect(document.subscriptions.map { $0.listing?.reason } == [.holdOut, .stays])
    document.putAside(by: policy(below: 1))
    #expect(document.subscriptions.map(\.isListed) == [true, true])
  }

  @Test func `a call does not hide that a customer is left alone`() throws {
    var document = SampleScores.document(customer(1, [(5, "cost", "USD")]))
    document.subscriptions[0].contact = AtRiskDocument.LastContact(
      date: "2026-11-15", accountManager: "Kim", outcome: "called", until: nil)
    document.decideEntries(since: nil)
    document.putAside(by: policy(below: 1_000))
    #expect(document.subscriptions[0].listing?.reason == .holdOut)
  }
}
