import Features
import History
import Learning
import TestSupport
import Testing

@testable import Features
@testable import RiskModel

/// Who is scored, in which order, and with what.
struct ScorerTests: PastFixtures {
  private func scores(
    _ past: InMemoryHistory, _ recipe: TrainingRecipe = TrainablePast.recipe, on number: Int? = nil,
    lag: Int = 0
  ) throws -> RiskScores {
    try Scorer(model: RiskFixtures.rules(recipe, lagDays: lag))
      .score(past, asOf: number.map(day))
  }

  @Test func `active subscriptions are scored, others listed with the reason`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7),
      subscription("B").seen(on: 0).seen(on: 7) { $0.status = .suspended },
      subscription("C").seen(on: 0).seen(on: 7) { $0.status = .unknown("PENDING") },
      subscription("D").seen(on: 0),
      subscription("E") { $0.subscriptionType = "License" }.seen(on: 0, 7))
    let scores = try scores(past)
    #expect(scores.asOf == day(7))
    #expect(scores.subscriptions.map(\.identity.id) == [id("A")])
    #expect(scores.excluded.map(\.identity.id) == [id("B"), id("D"), id("C")])
    #expect(scores.excluded.map(\.reason) == [.alreadyChurned, .missing, .unknownStatus])
    #expect(scores.excluded.map(\.since) == [day(7), day(7), nil])
  }

  @Test func `under rules the contributions are the points of each rule's feature`() throws {
    let past = history(
      subscription("A") { $0.autoRenewEnabled = false }.seen(on: 0, 7),
      subscription("B") { $0.autoRenewEnabled = true }.seen(on: 0, 7))
    let scores = try scores(past)
    #expect(scores.subscriptions.map { $0.ruleScore } == [20, 0])
    for row in scores.subscriptions {
      #expect(row.contributions.count == RuleScore.features.count)
      #expect(row.contributions.reduce(0, +) == row.ruleScore)
    }
    let autoRenew = try #require(RuleScore.features.firstIndex(of: "autoRenew"))
    #expect(scores.subscriptions.map { $0.contributions[autoRenew] } == [20, 0])
  }

  @Test func `usage under other ids than the subscriptions' is told from the day it is known`()
    throws
  {
    func tells(_ past: InMemoryHistory, on number: Int) throws -> Bool {
      try scores(past, on: number).attention.contains { $0.code == "idMismatch" }
    }
    let strangers = history(
      subscription("A").seen(on: 0, 7).used(on: 1), subscription("B").used(on: 2),
      subscription("C").used(on: 5, knownFrom: 6))
    // B makes it half of two, C one of three.
    #expect(!(try tells(strangers, on: 0)))
    #expect(try tells(strangers, on: 7))
    #expect(!(try tells(history(subscription("A").seen(on: 0, 7).used(on: 1)), on: 7)))
  }

  @Test func `tells how far each reading of the history is`() throws {
    var told: [[Int?]] = []
    _ = try Scorer(model: RiskFixtures.rules())
      .score(OtherBatches(history: TrainablePast.history, size: 100), asOf: nil) {
        told.append([$0, $1])
      }
    let customers = TrainablePast.history.customers.count
    #expect(customers > 100)
    // Once for the statistics, which counts the customers, and once for the rows.
    #expect(told.first == [100, nil])
    #expect(told.contains([customers, nil]) && told.last == [customers, customers])
  }

  @Test func `closed for more than a year is of no concern`() throws {
    func listed(closedOn closed: Int) throws -> Int {
      try scores(
        history(
          subscription("A").seen(on: 400),
          subscription("B") {
            $0.status = .deprovisioned
            $0.deprovisionedDate = day(closed)
          }.seen(on: 400))
      ).excluded.count
    }
    #expect(try listed(closedOn: 400 - 365) == 1)
    #expect(try listed(closedOn: 400 - 366) == 0)
  }

  @Test(arguments: UInt64(900)...911)
  func `every Azure subscription seen is in exactly one list`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    for asOf in Landmarks.observed(past.sources, through: pastDay(RandomPast.lastDay)) {
      let scores = try Scorer(model: RiskFixtures.rules(lagDays: 2)).score(past, asOf: asOf)
      let listed =
        scores.subscriptions.map(\.identity.id) + scores.excluded.map(\.identity.id)
      let context = try context(past, on: asOf - day(0), lag: 2)
      // All of RandomPast closes after day −30 and ends on day 100: nothing is a year old.
      let expected = past.customers.flatMap { customer in
        CustomerSnapshot(customer, at: context).subscriptions.filter { $0.isObserved && $0.isAzure }
      }.map(\.id)
      #expect(listed.sorted() == expected.sorted(), "\(asOf)")
    }
  }

  @Test(arguments: UInt64(920)...925)
  func `scores of a day are those of a history that ends there`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    for asOf in Landmarks.observed(past.sources, through: pastDay(RandomPast.lastDay)) {
      let scorer = Scorer(model: RiskFixtures.rules(lagDays: 2))
      let full = try scorer.score(past, asOf: asOf)
      let cut = try scorer.score(Replay.cut(past, at: asOf, lag: 2), asOf: asOf)
      #expect("\(full)" == "\(cut)", "\(asOf)")
    }
  }

  @Test func `what only a later export shows is not listed`() throws {
    // Its source begins on day 14; before that the dates of its row are not known.
    let past = history(
      [subscription("A").seen(on: 0, 14), subscription("B").seen(on: 14, source: 1)],
      sources: [source(exports: [0, 14]), source("late", exports: [14])])
    #expect(try scores(past, on: 7).subscriptions.map(\.identity.id) == [id("A")])
    #expect(try scores(past, on: 14).subscriptions.count == 2)
  }

  @Test func `the riskiest come first, ties by id`() throws {
    let scores = try scores(
      history(
        subscription("C").seen(on: 60).used(on: 60), subscription("A").seen(on: 60).used(on: 60),
        subscription("B").seen(on: 60).used(on: 1),
        subscription("D") { $0.autoRenewEnabled = false }.seen(on: 60).used(on: 60)))
    #expect(scores.subscriptions.map(\.identity.id) == [id("B"), id("D"), id("A"), id("C")])
    #expect(scores.subscriptions.map(\.ruleScore) == [40, 20, 0, 0])
  }

  @Test func `under rules points are the reasons and add up`() throws {
    let scores = try scores(
      history(
        // B's usage is fresh: A's silence is its own and not that of the data.
        subscription("A") {
          $0.autoRenewEnabled = false
          $0.commitmentEndDate = day(70)
        }.seen(on: 60).used(on: 1, 2),
        subscription("B") {
          $0.status = .deprovisioned
          $0.deprovisionedDate = day(50)
        }.seen(on: 60).used(on: 60)))
    let row = try #require(scores.subscriptions.first)
    // Silence of 58 days 40, auto-renew off 20, commitment 15, sibling closed 10.
    #expect(row.ruleScore == 85)
    #expect(row.reasons.map(\.contribution) == [40, 20, 15, 10])
    #expect(
      row.reasons.map(\.feature)
        == ["daysSinceLastUsage", "autoRenew", "daysToCommitmentEnd", "siblingsLost91"])
    #expect(row.reasons[0].text == "No usage for 58 days")
    #expect(row.reasons.map(\.value) == [58, 0, 10, 1])
    #expect(row.mitigating.isEmpty && row.otherContributions == 0)
    #expect(row.probability == nil && row.logOdds == nil && row.expectedLoss == nil)
    #expect(row.band == .high)
  }

  @Test func `a dormancy model leaves out who was idle all along`() throws {
    var recipe = TrainablePast.recipe
    recipe.events = [.dormant]
    recipe.activeWithinDays = 28
    let scores = try scores(
      history(
        subscription("A").seen(on: 60).used(on: 33), subscription("B").seen(on: 60).used(on: 32),
        subscription("C").seen(on: 60), subscription("D").seen(on: 60).used(on: 60)), recipe)
    #expect(scores.subscriptions.map(\.identity.id) == [id("A"), id("D")])
    #expect(scores.excluded.map(\.identity.id) == [id("B"), id("C")])
    #expect(scores.excluded.map(\.reason) == [.other, .other])
    #expect(scores.excluded.map(\.since) == [day(32), nil])
  }

  @Test func `value is usage of a year, or licences where there is no usage`() throws {
    let used = try scores(
      history(
        subscription("A").seen(on: 400).used(on: 40, 41, 400).used(on: 35),
        subscription("B") { $0.licenseCount = 9 }.seen(on: 400)))
    // Days 36 … 400, each line one median line up to the width of a histogram bin.
    let value = try #require(used.subscriptions.first { $0.identity.id == id("A") }).identity.value
    #expect(value.basis == .usage && value.currency == nil)
    #expect(abs(value.amount - 3) < 3 * 0.045)
    let unused = try scores(history(subscription("B") { $0.licenseCount = 9 }.seen(on: 400)))
    #expect(
      unused.subscriptions.first?.identity.value
        == SubscriptionValue(amount: 9, basis: .licences, currency: nil))
  }

  @Test func `the owner is asked for with the row's own ids`() throws {
    let past = history(
      subscription("A") {
        $0.partnerId = "p1"
        $0.customerMarket = "FR"
      }.seen(on: 5))
    let scorer = Scorer(model: RiskFixtures.rules()) { key in
      Owner(
        accountManager:
          "\(key.subscriptionId == GUID(high: 0, low: 65)) \(key.customerTenantId ?? "") "
          + "\(key.partnerId ?? "") \(key.customerMarket ?? "") \(key.day)", email: nil)
    }
    let row = try #require(try scorer.score(past, asOf: nil).subscriptions.first)
    #expect(row.identity.owner?.accountManager == "true contoso p1 FR \(day(5))")
  }

  @Test func `the model's remarks come before today's`() throws {
    var model = RiskFixtures.rules()
    model.attention = [Attention("survivorBias", "text")]
    let scores = try Scorer(model: model).score(history(subscription("A").seen(on: 0)), asOf: nil)
    #expect(scores.attention.map(\.code) == ["survivorBias", "noUsage"])
  }

  @Test func `days outside of the history are refused`() {
    let past = history(subscription("A").seen(on: 3, 9))
    for number in [2, 10] {
      #expect(throws: RiskModelError.self) { try scores(past, on: number) }
    }
  }
}
