import Files
import History
import Reporting
import TestSupport
import Testing

@testable import Analytics

/// Whose subscriptions are whose, which is what a sales agent's scope is made of.
struct OwnedSubscriptionsTests {
  private static func rule(
    _ subject: OwnerRule.Subject, _ manager: String, from: String? = nil
  ) -> OwnerRule {
    OwnerRule(subject: subject, accountManager: manager, email: "", from: from.map { day($0) })
  }

  /// 1 moves from the US to France; 2 is of reseller r; 3 is in France; 4 is in usage alone.
  private static func sample() throws -> Sample {
    func row(_ number: Int, _ market: String, partner: String? = nil) -> String {
      subscriptionRow(
        number,
        [("customerMarket", "\"\(market)\"")] + (partner.map { [("partnerId", "\"\($0)\"")] } ?? [])
      )
    }
    return try Sample([
      (
        "s-2026-01-05.json",
        envelope([row(1, "US"), row(2, "US", partner: "R"), row(3, "FR")])
      ),
      (
        "s-2026-01-12.json",
        envelope([row(1, "FR"), row(2, "US", partner: "R"), row(3, "FR")])
      ),
      ("u-2026-01-12.json", envelope([usageRow(4, "2026-01-02", "1")])),
    ])
  }

  private static func owned(
    _ manager: String, _ rules: [OwnerRule], on day: String = "2026-01-12", in sample: Sample
  ) throws -> Set<GUID> {
    try sample.history.subscriptions(
      ownedBy: manager, by: OwnerRules(rules), on: CalendarDay(day) ?? .init(daysSinceEpoch: 0))
  }

  @Test func `the most specific rule decides, by the newest state that is known`() throws {
    let sample = try Self.sample()
    let rules = [
      Self.rule(.market("us"), "ann"), Self.rule(.market("fr"), "ben"),
      Self.rule(.partner("r"), "cat"), Self.rule(.subscription(guid(3)), "dan"),
    ]
    #expect(try Self.owned("ann", rules, in: sample) == [])
    #expect(try Self.owned("ben", rules, in: sample) == [guid(1)])
    #expect(try Self.owned("cat", rules, in: sample) == [guid(2)])
    #expect(try Self.owned("dan", rules, in: sample) == [guid(3)])
    // A week before, the first one was still in the US.
    #expect(try Self.owned("ann", rules, on: "2026-01-11", in: sample) == [guid(1)])
    #expect(try Self.owned("ben", rules, on: "2026-01-11", in: sample) == [])
    // Before the first export nobody knows a market.
    #expect(try Self.owned("ann", rules, on: "2026-01-04", in: sample) == [])
    #expect(try Self.owned("dan", rules, on: "2026-01-04", in: sample) == [guid(3)])
  }

  @Test func `an account manager is compared to the letter, and rules begin on their day`() throws {
    let sample = try Self.sample()
    let rules = [
      Self.rule(.customer("\(guid(1_001))"), "Ann"),
      Self.rule(.customer("\(guid(1_001))"), "ben", from: "2026-01-12"),
    ]
    #expect(try Self.owned("Ann", rules, on: "2026-01-11", in: sample) == [guid(1)])
    #expect(try Self.owned("ann", rules, on: "2026-01-11", in: sample) == [])
    #expect(try Self.owned("Ann", rules, in: sample) == [])
    #expect(try Self.owned("ben", rules, in: sample) == [guid(1)])
    #expect(try Self.owned("", [], in: sample) == [])
  }

  @Test func `a subscription of usage alone is owned by its id or its customer, by nothing else`()
    throws
  {
    let sample = try Self.sample()
    #expect(
      try Self.owned("ann", [Self.rule(.subscription(guid(4)), "ann")], in: sample) == [guid(4)])
    #expect(
      try Self.owned("ann", [Self.rule(.customer("\(guid(1_004))"), "ann")], in: sample)
        == [guid(4)])
    let markets = ["us", "fr"].map { Self.rule(.market($0), "ann") }
    #expect(try Self.owned("ann", markets, in: sample) == [guid(1), guid(2), guid(3)])
  }

  @Test func `two managers of one customer each see their own, and together all of it`() throws {
    let sample = try Sample([
      (
        "s-2026-01-05.json",
        envelope(
          (1...2).map { subscriptionRow($0, [("customerTenantId", "\"\(guid(1_000))\"")]) })
      )
    ])
    let rules = [
      Self.rule(.customer("\(guid(1_000))"), "ann"), Self.rule(.subscription(guid(2)), "ben"),
    ]
    for (manager, number) in [("ann", 1), ("ben", 2)] {
      let scope = AnalyticsScope(
        subscriptions: try Self.owned(manager, rules, in: sample))
      let resource = Subscriptions()
      let answer = try resource.answer(
        AnalyticsQuery(QueryRequest(), of: resource, scope: scope),
        from: AnalyticsSource(history: sample.history, scope: scope))
      #expect(answer.column("id") == ["\(guid(number))"])
    }
  }
}
