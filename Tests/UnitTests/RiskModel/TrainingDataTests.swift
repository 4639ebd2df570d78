import Features
import History
import TestSupport
import Testing

@testable import RiskModel

/// The rows a model learns from, by hand on small pasts.
struct TrainingDataTests: PastFixtures {
  private var recipe: TrainingRecipe { TrainablePast.recipe }

  /// Exports every 28 days from 0 to 560; A ends on day 10, C on day 300, B stays.
  private var longPast: InMemoryHistory {
    func past(_ letter: Character, end: Int?) -> SubscriptionPast {
      var past = subscription(letter, of: "customer \(letter)")
      for number in stride(from: 0, through: 560, by: 28) {
        past = past.seen(on: number) { state in
          guard let end, number >= end else { return }
          state.status = .deprovisioned
          state.deprovisionedDate = day(end)
        }
      }
      return past
    }
    return history(past("A", end: 10), past("B", end: nil), past("C", end: 300))
  }

  @Test func `rows and labels by hand`() throws {
    let rows = try TrainingData(history: longPast, recipe: recipe, asOf: nil, lagDays: 0)
    let observed = zip(rows.table.rows, rows.table.labels).filter { $0.0.isObserved }
    // Mature landmarks are 0 … 532: A is a row on day 0, B on all 20, C on 0 … 280.
    #expect(observed.count == 1 + 20 + 11)
    let churned = observed.filter { $0.1 == 1 }.map { ($0.0.subscriptionId, $0.0.landmark) }
    #expect(churned.map(\.0) == [id("A"), id("C")])
    #expect(churned.map(\.1) == [day(0), day(280)])
    #expect(rows.churnedCustomers == 2)
    #expect(rows.trainedThrough == day(532))
  }

  @Test func `the base rate looks back over the last 365 mature days`() throws {
    let rows = try TrainingData(history: longPast, recipe: recipe, asOf: nil, lagDays: 0)
    // Landmarks 168 … 532: B 14 rows, C 5 rows of which the last churned. A's loss is too old.
    #expect(rows.baseRate == 1.0 / 19)
  }

  @Test func `what is short is said in words`() throws {
    let rows = try TrainingData(history: longPast, recipe: recipe, asOf: nil, lagDays: 0)
    #expect(
      rows.shortage
        == "2 churned customers whose window has been seen to its end, at least 30 are needed; "
        + "\(rows.table.count) mature rows, at least 500 are needed")
    let enough = try TrainingData(
      history: TrainablePast.history, recipe: recipe, asOf: nil, lagDays: 1)
    #expect(enough.shortage == nil)
  }

  @Test func `dated facts before the exports are used only when rows are short`() throws {
    let short = try TrainingData(history: longPast, recipe: recipe, asOf: nil, lagDays: 0)
    #expect(short.usesDatedFacts)
    #expect(short.table.rows.contains { !$0.isObserved && $0.landmark < day(0) })
    let enough = try TrainingData(
      history: TrainablePast.history, recipe: recipe, asOf: nil, lagDays: 1)
    #expect(!enough.usesDatedFacts)
    #expect(enough.table.rows.allSatisfy { $0.isObserved })
  }

  @Test func `one single export trains on dated facts alone`() throws {
    let past = history(
      subscription("A").seen(on: 0),
      subscription("B", of: "b") {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(-60)
      }.seen(on: 0))
    let rows = try TrainingData(history: past, recipe: recipe, asOf: nil, lagDays: 0)
    #expect(rows.usesDatedFacts && rows.table.count > 0)
    #expect(rows.table.rows.allSatisfy { !$0.isObserved })
    #expect(rows.churnedCustomers == 1)
    // Landmarks go back from −28 in steps of 28; B's end on −60 lies in (−84, −56].
    #expect(
      zip(rows.table.rows, rows.table.labels).filter { $0.1 == 1 }.map(\.0.landmark) == [day(-84)])
  }

  @Test func `the newest landmark has been seen to its end`() throws {
    for (lag, newest) in [(0, 532), (1, 504), (28, 504), (29, 476)] {
      let rows = try TrainingData(history: longPast, recipe: recipe, asOf: nil, lagDays: lag)
      #expect(rows.trainedThrough == day(newest))
    }
  }

  @Test func `a horizon below the exports' spacing is refused`() throws {
    var short = recipe
    short.horizonDays = 27
    let error = try #require(throws: RiskModelError.self) {
      try TrainingData(history: longPast, recipe: short, asOf: nil, lagDays: 0)
    }
    #expect(error == .horizonShorterThanSpacing(horizonDays: 27, spacingDays: 28))
    #expect(error.description.contains("27 days") && error.description.contains("28 days"))
  }

  @Test func `days outside of the history are refused`() {
    for number in [-1, 561] {
      #expect(throws: RiskModelError.self) {
        try TrainingData(history: longPast, recipe: recipe, asOf: day(number), lagDays: 0)
      }
    }
    #expect(throws: RiskModelError.noObservations) {
      try TrainingData(
        history: InMemoryHistory(sources: [], meters: [], customers: []), recipe: recipe, asOf: nil,
        lagDays: 0)
    }
  }

  @Test func `what a later export shows does not exist yet`() throws {
    // B's first row carries an old start; on day 28 nobody had seen it.
    let past = history(
      [
        subscription("A").seen(on: 0, 28, 56),
        subscription("B", of: "b") { $0.effectiveStartDate = day(-600) }.seen(on: 56),
        subscription("C").seen(on: 56, source: 1),
      ],
      sources: [source(exports: [0, 28, 56]), source("late", exports: [56])])
    let rows = try TrainingData(history: past, recipe: recipe, asOf: day(28), lagDays: 0)
    let cut = try TrainingData(
      history: Replay.cut(past, at: day(28), lag: 0), recipe: recipe, asOf: day(28), lagDays: 0)
    #expect(Set(rows.table.rows.map(\.subscriptionId)) == [id("A")])
    #expect(rows.table.rows.map(\.landmark) == cut.table.rows.map(\.landmark))
    #expect(rows.table.labels == cut.table.labels)
    #expect(
      rows.table.numeric.map { $0.map(\.bitPattern) }
        == cut.table.numeric.map { $0.map(\.bitPattern) })
  }

  // MARK: Enough

  private func rows(_ past: InMemoryHistory, horizon: Int = 28, asOf: Int? = nil) throws
    -> TrainingData
  {
    var recipe = recipe
    recipe.horizonDays = horizon
    return try TrainingData(history: past, recipe: recipe, asOf: asOf.map(day), lagDays: 0)
  }

  /// Mature landmarks are 0 and 28: who leaves on day 10 is one row, who stays is two.
  private func twoLandmarks(leavers: Int, stayers: Int) -> InMemoryHistory {
    SteadyPast.make(
      ends: [Int?](repeating: 10, count: leavers) + [Int?](repeating: nil, count: stayers),
      exports: [0, 28, 56])
  }

  @Test func `thirty churned customers are enough, twenty-nine are not`() throws {
    let short = try rows(twoLandmarks(leavers: 29, stayers: 300))
    #expect(short.churnedCustomers == 29 && short.table.count == 629)
    #expect(try #require(short.shortage).hasPrefix("29 churned customers"))
    let enough = try rows(twoLandmarks(leavers: 30, stayers: 300))
    #expect(enough.churnedCustomers == 30 && enough.shortage == nil)
  }

  @Test func `five hundred rows are enough, 499 are not`() throws {
    let short = try rows(twoLandmarks(leavers: 31, stayers: 234))
    #expect(short.table.count == 499)
    #expect(short.shortage == "499 mature rows, at least 500 are needed")
    let enough = try rows(twoLandmarks(leavers: 30, stayers: 235))
    #expect(enough.table.count == 500 && enough.shortage == nil)
  }

  /// Exports once a week with 25 mature landmarks.
  private func weekly(customers: Int, leaving: Int) -> InMemoryHistory {
    SteadyPast.make(
      ends: (0..<customers).map { $0 < leaving ? 100 + $0 : nil },
      exports: Array(stride(from: 0, through: 196, by: 7)))
  }

  @Test func `landmarks come closer while rows are short, before dated facts are asked`() throws {
    func spacing(_ data: TrainingData) -> Set<Int> {
      let days = Set(data.table.rows.map(\.landmark)).sorted()
      return Set(zip(days.dropFirst(), days).map { $0 - $1 })
    }
    // Seven landmarks four weeks apart give fewer than 500 rows, thirteen give more.
    let fortnightly = try rows(weekly(customers: 60, leaving: 35))
    #expect(fortnightly.shortage == nil && !fortnightly.usesDatedFacts)
    #expect(spacing(fortnightly) == [14])
    // Half as many subscriptions want every week.
    let closest = try rows(weekly(customers: 36, leaving: 32))
    #expect(closest.shortage == nil && !closest.usesDatedFacts)
    #expect(spacing(closest) == [7])
    // With rows enough nothing comes closer.
    let wide = try rows(weekly(customers: 150, leaving: 35))
    #expect(spacing(wide) == [28])
    // What stays short says so after all.
    let few = try rows(weekly(customers: 15, leaving: 12))
    #expect(few.shortage != nil && spacing(few) == [7])
  }

  @Test func `with a horizon shorter than the spacing no event falls between two windows`() throws {
    // 140 leave, one a day: with windows of 14 days every 28 half of them would be in none.
    let past = SteadyPast.make(
      ends: (0..<300).map { $0 < 140 ? 15 + $0 : nil },
      exports: Array(stride(from: 0, through: 196, by: 7)))
    let data = try rows(past, horizon: 14)
    #expect(data.churnedCustomers == 140)
    #expect(data.table.labels.reduce(0, +) == 140)
  }

  @Test func `where nobody churned in the last year the base rate is that of all rows`() throws {
    func data(end: Int) throws -> TrainingData {
      try rows(
        SteadyPast.make(
          ends: [end] + [Int?](repeating: nil, count: 9),
          exports: Array(stride(from: 0, through: 560, by: 28))))
    }
    // Mature landmarks 0 … 532; the last 365 days are 168 … 532.
    let old = try data(end: 168)
    #expect(old.baseRateIsOfAllRows)
    #expect(old.baseRate == 1.0 / Double(9 * 20 + 6))
    let recent = try data(end: 169)
    #expect(!recent.baseRateIsOfAllRows)
    #expect(recent.baseRate == 1.0 / Double(9 * 14 + 1))
  }

  @Test func `nobody who ever churned is a base rate of zero`() throws {
    let data = try rows(SteadyPast.make(ends: [nil, nil], exports: [0, 28, 56]))
    #expect(data.baseRate == 0 && data.baseRateIsOfAllRows)
  }
}
