import Features
import Files
import History
import Learning
import TestSupport
import Testing

@testable import RiskModel

/// Past lists against what happened.
struct BacktestTests {
  private static let range = LandmarkRange(
    from: pastDay(98), to: pastDay(TrainablePast.lastDay), everyDays: 35)

  private static func run(
    _ history: some HistorySource, range: LandmarkRange = range, capacity: Int? = 20
  ) throws -> BacktestResult {
    try Backtest(recipe: TrainablePast.recipe, range: range, capacity: capacity)
      .run(history, lag: { _ in 1 })
  }

  private static let result = Result { try run(TrainablePast.history) }

  @Test func `each list is the one that would have been made, from a history that ends there`()
    throws
  {
    let result = try Self.result.get()
    #expect(result.origins.map(\.list.origin) == [98, 133].map(pastDay))
    for origin in result.origins {
      let day = origin.list.origin
      let cut = KnownHistory(TrainablePast.history, on: day)
      let trained = try Trainer(recipe: TrainablePast.recipe).train(cut, asOf: nil, lagDays: 1)
      let model = trained.model.sealed().model
      #expect(model.sha256 == origin.list.model.sha256)
      let scores = try Scorer(model: model).score(cut, asOf: nil)
      let judged = scores.subscriptions.filter { Set(origin.list.ids).contains($0.identity.id) }
      #expect(judged.map(\.identity.id) == origin.list.ids)
      #expect(judged.map(\.probability) == origin.list.probabilities?.map { $0 })
      #expect(origin.list.alerted == Set(scores.subscriptions.prefix(20).map(\.identity.id)))
      #expect(origin.list.listed == scores.subscriptions.count)
    }
  }

  @Test func `days whose window has not been seen are named and skipped`() throws {
    let result = try Self.result.get()
    // 168 + 28 + lag 1 is after the last export, on day 196.
    #expect(result.skipped.map(\.origin) == [pastDay(168)])
    #expect(result.skipped[0].reason.contains("\(pastDay(197)) or later"))
    #expect(result.attention.contains { $0.text.contains("\(pastDay(168))") })
  }

  @Test func `labels are what happened in the horizon`() throws {
    let result = try Self.result.get()
    let ends = Dictionary(
      uniqueKeysWithValues: TrainablePast.history.customers.flatMap(\.subscriptions).map {
        ($0.id, $0.states.compactMap(\.deprovisionedDate).first)
      })
    var lost = 0
    for origin in result.origins {
      let day = origin.list.origin
      for (id, label) in zip(origin.list.ids, origin.list.labels) {
        let end = ends[id].flatMap { $0 }
        let isLost = end.map { $0 > day && $0 <= day + 28 } ?? false
        #expect(label == (isLost ? 1 : 0))
        lost += isLost ? 1 : 0
      }
    }
    #expect(lost > 10 && lost == result.pooled.lost)
    #expect(result.pooled.rows == result.origins.reduce(0) { $0 + $1.figures.rows })
  }

  @Test func `the baselines are what was known: the rate of the training rows, and one column`()
    throws
  {
    let list = try Self.result.get().origins[1].list
    let rate = Double(list.model.churnedRows) / Double(list.model.rows)
    #expect(abs(try #require(list.baseRateProbability) - rate) < 1e-12)
    let gap = try #require(list.gapProbabilities)
    // A function of the days alone.
    let pairs = Dictionary(grouping: zip(list.gapDays, gap), by: \.0)
    #expect(pairs.values.allSatisfy { Set($0.map(\.1)).count == 1 } && pairs.count > 5)
  }

  @Test func `nothing depends on the number of threads`() throws {
    let text = try Self.result.get().json.serialized()
    #expect(try Self.run(TrainablePast.history).json.serialized() == text)
  }

  @Test func `a range outside of the history, or between exports, or too young, is refused`() throws
  {
    func error(_ from: Int, _ to: Int) -> RiskModelError? {
      #expect(throws: RiskModelError.self) {
        try Self.run(
          TrainablePast.history,
          range: LandmarkRange(from: pastDay(from), to: pastDay(to), everyDays: 7))
      }
    }
    let before = try #require(error(-1, 100))
    #expect(before.description.contains("--from \(pastDay(-1)) lies before the first"))
    let after = try #require(error(100, 500))
    #expect(after.description.contains("--to \(pastDay(500)) lies after the last"))
    #expect(error(99, 101) == .noObservationInRange(from: pastDay(99), to: pastDay(101)))
    let young = try #require(error(190, 196))
    #expect(young.description.contains("\(pastDay(196)): the window that ends on"))
  }

  @Test func `days on which too little was known have the list of the rules, and no probabilities`()
    throws
  {
    let early = LandmarkRange(from: pastDay(0), to: pastDay(0), everyDays: 7)
    let result = try Self.run(TrainablePast.history, range: early)
    let list = result.origins[0].list
    #expect(list.model.learner == .rules && list.probabilities == nil)
    #expect(result.pooled.grade == nil && result.pooled.model.probability == nil)
    #expect(result.pooled.model.ranking[.areaUnderROC].value != nil)
    #expect(result.attention.contains { $0.code == "rulesOnly" })
  }

  @Test func `a learner asked for by name skips the days on which it cannot be fitted`() throws {
    var recipe = TrainablePast.recipe
    recipe.learner = .logistic
    let early = LandmarkRange(from: pastDay(0), to: pastDay(0), everyDays: 7)
    let error = #expect(throws: RiskModelError.self) {
      try Backtest(recipe: recipe, range: early, capacity: nil)
        .run(TrainablePast.history, lag: { _ in 1 })
    }
    #expect(error?.description.contains("churned customers") ?? false)
  }
}

/// Lead time and flips.
struct AlertHistoryTests {
  private func id(_ number: UInt64) -> GUID { GUID(high: 1, low: number) }

  private func list(
    _ day: Int, alerted: [UInt64], everybody: [UInt64] = [1, 2, 3, 4],
    events: [(UInt64, Int)] = []
  ) -> AlertHistory.List {
    AlertHistory.List(
      origin: pastDay(day), everybody: Set(everybody.map(id)), alerted: Set(alerted.map(id)),
      events: events.map { (id($0.0), pastDay($0.1)) })
  }

  @Test func `weeks run from the first alert to the event`() {
    let alerts = AlertHistory([
      list(0, alerted: [1], events: [(1, 21)]),
      list(7, alerted: [1, 2], events: [(1, 21), (2, 28), (3, 30)]),
      list(14, alerted: [4], events: [(1, 21), (2, 28)]),
    ])
    // 1: day 0 to 21; 2: day 7 to 28; 3 never.
    #expect(alerts.events == 3 && alerts.alertedEvents == 2)
    #expect(alerts.leadWeeks == .init(lower: 3, median: 3, upper: 3))
    // Pairs: {1, 2} (2 new), then {1, 2, 4} (all three changed).
    #expect(alerts.flipPairs == 5 && alerts.flipRate == 4.0 / 5)
  }

  @Test func `after an event it begins anew, and an alert of its day is of the next one`() {
    let alerts = AlertHistory([
      list(0, alerted: [1], events: [(1, 14)]), list(14, alerted: [1], events: [(1, 28)]),
    ])
    #expect(alerts.events == 2 && alerts.leadWeeks == .init(lower: 2, median: 2, upper: 2))
  }

  @Test func `who was not on both lists has not flipped`() {
    let alerts = AlertHistory([
      list(0, alerted: [1]), list(7, alerted: [2], everybody: [2, 3]),
    ])
    #expect(alerts.flipPairs == 1 && alerts.flipRate == 1)
    #expect(alerts.leadWeeks == nil && alerts.events == 0)
  }
}
