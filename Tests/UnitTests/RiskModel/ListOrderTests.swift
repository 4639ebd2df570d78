import History
import Learning
import Testing

@testable import Features
@testable import RiskModel

/// Who stands above whom.
struct ListOrderTests {
  /// A row whose id is `number`.
  private func row(
    _ number: UInt64, probability: Double?, points: Double?, deadline: Double? = nil
  ) -> ScoredSubscription {
    ScoredSubscription(
      identity: SubscriptionIdentity(
        id: GUID(high: 0, low: number), state: SubscriptionState(), startDate: nil,
        lastUsageDate: nil, trialPhase: .none, owner: nil,
        value: SubscriptionValue(amount: 0, basis: .usage, currency: nil)),
      probability: probability, ruleScore: points,
      logOdds: probability.map { Logistic.logOdds(probability: $0) }, deadlineDays: deadline,
      band: .low, reasons: [], mitigating: [], otherContributions: 0, contributions: [])
  }

  private func ids(_ rows: [ScoredSubscription]) -> [UInt64] { rows.map(\.identity.id.low) }

  @Test func `by model the probability decides, then the id, and deadlines do not`() {
    let rows = [
      row(3, probability: 0.2, points: nil), row(2, probability: 0.5, points: nil, deadline: 90),
      row(1, probability: 0.5, points: nil), row(4, probability: 0.9, points: nil),
    ]
    let order = ListOrder(byRule: false).riskiestFirst(rows)
    #expect(ids(order) == [4, 1, 2, 3])
    #expect(ListOrder(byRule: false).positions(order) == [0, -1, -1, -2])
  }

  @Test func `by rule the points decide, then the nearest deadline, then the probability`() {
    let rows = [
      row(1, probability: 0.9, points: 10), row(2, probability: 0.1, points: 40),
      row(3, probability: 0.2, points: 40), row(4, probability: 0.1, points: 40, deadline: 12),
      row(5, probability: 0.1, points: 40, deadline: 3), row(6, probability: 0.1, points: 40),
    ]
    let order = ListOrder(byRule: true).riskiestFirst(rows)
    #expect(ids(order) == [5, 4, 3, 2, 6, 1])
    #expect(ListOrder(byRule: true).positions(order) == [0, -1, -2, -3, -3, -4])
  }

  @Test func `rules alone order by points and id`() {
    let rows = [
      row(2, probability: nil, points: 40, deadline: 3), row(1, probability: nil, points: 40),
      row(3, probability: nil, points: 60),
    ]
    let order = ListOrder(byRule: true).riskiestFirst(rows)
    #expect(ids(order) == [3, 1, 2])
    #expect(ListOrder(byRule: true).positions(order) == [0, -1, -1])
  }

  @Test func `a model of grade C hands order, bands and reasons to the rule, and still adds up`()
    throws
  {
    var model = try TrainablePast.model.get()
    let own = try Scorer(model: model).score(TrainablePast.history, asOf: nil)
    #expect(own.subscriptions.allSatisfy { $0.ruleScore == nil })
    model.grade = .c
    let scores = try Scorer(model: model).score(TrainablePast.history, asOf: nil)
    let points = try scores.subscriptions.map { try #require($0.ruleScore) }
    #expect(points == points.sorted(by: >) && Set(points).count > 2)
    let probabilities = Dictionary(
      uniqueKeysWithValues: own.subscriptions.map { ($0.identity.id, $0.probability) })
    for (row, score) in zip(scores.subscriptions, points) {
      #expect(row.probability == probabilities[row.identity.id])
      #expect(row.band == RuleScore.bands.band(of: score))
      // Points come from facts, and each fact is a reason.
      #expect(row.reasons.isEmpty == (score == 0))
      let sum = (row.reasons + row.mitigating).reduce(model.bias + row.otherContributions) {
        $0 + $1.contribution
      }
      #expect(abs(sum - (try #require(row.logOdds))) < 1e-9)
      let named = (row.reasons + row.mitigating).map(\.feature)
      #expect(Set(named).count == named.count)
    }
    #expect(Set(scores.subscriptions.map(\.band)).count > 1)
  }
}
