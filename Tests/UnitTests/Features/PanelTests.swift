import Features
import History
import TestSupport
import Testing

@testable import Features

/// The labelled table: which rows, in which order, the same for any way of cutting the customers.
struct PanelTests: PastFixtures {
  private let monthly = ChurnDefinition(horizonDays: 28, reactivationGraceDays: 0)
  private let weekly = Array(stride(from: 0, through: 84, by: 7))

  private func panel(
    _ history: some HistorySource, landmarks: [CalendarDay], knownThrough: Int,
    _ definition: ChurnDefinition? = nil, minimumTenureDays: Int = 0
  ) throws -> Panel {
    try Panel(
      history: history, landmarks: landmarks, lag: 2,
      rules: StandingRules(
        exclusions: history.exclusions, minimumTenureDays: minimumTenureDays,
        today: day(knownThrough)),
      definition: definition ?? monthly, knownThrough: day(knownThrough))
  }

  @Test func `rows come by customer, then landmark, then subscription`() throws {
    let past = history(
      subscription("C", of: "alpha").seen(on: 0, 7), subscription("B").seen(on: 0, 7),
      subscription("A").seen(on: 0, 7), exports: weekly)
    let rows = try panel(past, landmarks: [0, 7].map(day), knownThrough: 84).table.rows
    #expect(rows.map(\.subscriptionId) == ["C", "C", "A", "B", "A", "B"].map { id($0) })
    #expect(rows.map(\.customer) == [0, 0, 1, 1, 1, 1])
    #expect(rows.map(\.landmark) == [0, 7, 0, 0, 7, 7].map(day))
    #expect(rows.allSatisfy { $0.isObserved })
  }

  @Test func `only scored subscriptions are rows`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7), subscription("B").seen(on: 0, 7) { $0.status = .suspended },
      subscription("C") { $0.subscriptionType = "License" }.seen(on: 0, 7),
      subscription("D").seen(on: 0), subscription("E").seen(on: 0, 7), exports: weekly,
      exclusions: [Exclusion(subscriptionId: id("E"), reason: .test)])
    let rows = try panel(past, landmarks: [0, 7].map(day), knownThrough: 84).table.rows
    #expect(rows.map(\.subscriptionId) == ["A", "D", "A"].map { id($0) })
  }

  @Test func `labels look into the window, features do not`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7).seen(on: 14) { $0.status = .suspended },
      subscription("B").seen(on: 0, 7, 14), exports: weekly)
    let table = try panel(past, landmarks: [day(0)], knownThrough: 84).table
    #expect(table.labels == [1, 0])
    let siblings = try #require(
      FeatureCatalog.numeric.firstIndex { $0.description.name == "siblingCount" })
    #expect(table.numeric[siblings] == [1, 1])
  }

  @Test func `rows whose window was not seen to its end are counted and left out`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7, 14, 21, 28, 35), exports: [0, 7, 14, 21, 28, 35])
    let panel = try panel(past, landmarks: [0, 7, 14].map(day), knownThrough: 35)
    // With lag 2 the window of day 0 is seen on day 30 or later, that of day 7 on day 37.
    #expect(panel.table.rows.map(\.landmark) == [day(0)])
    #expect(panel.landmarks == [day(0)])
    #expect(panel.immatureRows == 2)
  }

  @Test func `the order of the landmarks asked for does not matter`() throws {
    let past = RandomPast.make(seed: 7)
    let ordered = try panel(past, landmarks: [30, 40, 50].map(day), knownThrough: 100)
    let shuffled = try panel(past, landmarks: [50, 30, 40, 30].map(day), knownThrough: 100)
    #expect(ordered.table.rows == shuffled.table.rows)
    #expect(ordered.table.count > 0)
  }

  @Test func `landmarks before the first export give rows of dated facts`() throws {
    let past = history(
      subscription("A").seen(on: 0),
      subscription("B").seen(on: 0) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(-10)
      }, exports: weekly)
    let table = try panel(past, landmarks: [day(-30)], knownThrough: 84).table
    #expect(table.rows.map(\.isObserved) == [false, false])
    #expect(table.labels == [0, 1])
    let autoRenew = try #require(
      FeatureCatalog.numeric.firstIndex { $0.description.name == "autoRenew" })
    #expect(table.numeric[autoRenew].allSatisfy { $0.isNaN })
  }

  @Test func `from the first export of any source on every row was shown by its landmark`() throws {
    let past = history(
      [subscription("A").seen(on: 0, 7), subscription("B").seen(on: 7, source: 1)],
      sources: [source("alpha", exports: weekly), source("beta", exports: weekly.map { $0 + 7 })])
    let rows = try panel(past, landmarks: [-7, 0, 7].map(day), knownThrough: 84).table.rows
    #expect(rows.map(\.subscriptionId) == ["A", "B", "A", "A", "B"].map { id($0) })
    #expect(rows.map(\.isObserved) == [false, false, true, true, true])
  }

  @Test func `rows before the first export of a subscription closed by then are left out`() throws {
    // Nobody knows since when B and C were closed; D's own date does.
    let past = history(
      subscription("A").seen(on: 0), subscription("B").seen(on: 0, 7) { $0.status = .suspended },
      subscription("C").seen(on: 0) { $0.status = .deprovisioned },
      subscription("D").seen(on: 0) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(-10)
      }, exports: weekly)
    let panel = try panel(past, landmarks: [day(-28)], knownThrough: 84)
    #expect(panel.table.rows.map(\.subscriptionId) == [id("A"), id("D")])
    #expect(panel.table.labels == [0, 1])
    #expect(panel.immatureRows == 2)
  }

  @Test func `a transfer without a day keeps the rows before it, with label 0`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7).seen(on: 14) { $0.status = .deprovisioned },
      subscription("B").seen(on: 0, 7), subscription("C").seen(on: 0, 7, 14),
      exports: weekly,
      exclusions: ["A", "B", "C"].map {
        Exclusion(subscriptionId: id($0), reason: .transferred)
      })
    let table = try panel(past, landmarks: [0, 7, 14].map(day), knownThrough: 84).table
    // A is closed on day 14 and B is absent; C is absent from day 21 on.
    #expect(table.rows.map(\.subscriptionId) == ["A", "B", "C", "A", "B", "C", "C"].map { id($0) })
    #expect(table.labels == [0, 0, 0, 0, 0, 0, 0])
  }

  @Test func `dormancy rows are those used shortly before`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84)
        .used(daily: -40...0),
      subscription("B").seen(on: 0, 7).used(daily: 0...84), subscription("C").seen(on: 0, 7),
      exports: weekly)
    let dormancy = ChurnDefinition(events: [.dormant], horizonDays: 28, reactivationGraceDays: 0)
    let table = try panel(past, landmarks: [day(7)], knownThrough: 84, dormancy).table
    #expect(table.rows.map(\.subscriptionId) == [id("A"), id("B")])
    #expect(table.labels == [1, 0])
  }

  /// Gives the customers of another history in batches of its own size.
  private struct Rebatched: HistorySource {
    let base: InMemoryHistory
    let size: Int

    var sources: [Source] { base.sources }
    var meters: [Meter] { base.meters }
    var exclusions: [Exclusion] { base.exclusions }
    var surroundings: Surroundings { base.surroundings }

    func forEachCustomerBatch(size _: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
      try base.forEachCustomerBatch(size: size, body)
    }
  }

  @Test(arguments: UInt64(400)...403)
  func `the panel is the same for any size of the batches`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    let landmarks = Replay.landmarks(of: past).filter { $0 <= day(70) }
    let whole = try panel(past, landmarks: landmarks, knownThrough: 100, minimumTenureDays: 14)
    for size in [1, 2, 3] {
      let parts = try panel(
        Rebatched(base: past, size: size), landmarks: landmarks, knownThrough: 100,
        minimumTenureDays: 14)
      #expect(parts.table.rows == whole.table.rows)
      #expect(parts.immatureRows == whole.immatureRows)
      #expect(parts.table.labels == whole.table.labels)
      #expect(parts.table.categorical == whole.table.categorical)
      #expect(
        parts.table.numeric.map { $0.map(\.bitPattern) }
          == whole.table.numeric.map { $0.map(\.bitPattern) })
    }
  }

  @Test func `the follow-up tells the end, of what kind it was, and how far was seen`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 35) { $0.status = .deprovisioned },
      subscription("B").seen(on: 0).seen(on: 63) { $0.status = .deprovisioned },
      subscription("C").seen(on: 0), exports: weekly,
      exclusions: [Exclusion(subscriptionId: id("B"), reason: .transferred, from: day(42))])
    let table = try panel(past, landmarks: [day(0)], knownThrough: 84).table
    // Exports to day 84, less a lag of 2.
    #expect(
      table.followUps == [
        FollowUp(seenDays: 82, endDays: 35, isChurn: true),
        FollowUp(seenDays: 82, endDays: 42), FollowUp(seenDays: 82),
      ])
    #expect(table.labels == [0, 0, 0])
  }

  @Test(arguments: 1...6) func `the follow-up agrees with the label of every horizon`(
    seed: UInt64
  ) throws {
    let past = RandomPast.makeAlike(seed: seed)
    func table(_ horizon: Int) throws -> FeatureTable {
      try panel(
        past, landmarks: Array(stride(from: -20, through: 90, by: 5)).map(day), knownThrough: 100,
        ChurnDefinition(horizonDays: horizon, reactivationGraceDays: 3)
      ).table
    }
    let all = try table(1)
    #expect(all.followUps.count == all.count)
    for horizon in [7, 28, 50] {
      let some = try table(horizon)
      let labels = Dictionary(uniqueKeysWithValues: zip(some.rows, some.labels))
      for (row, seen) in zip(all.rows, all.followUps) {
        let churned = seen.isChurn && seen.endDays.map { $0 <= Int32(horizon) } ?? false
        #expect(labels[row] == (seen.seenDays >= Int32(horizon) ? churned ? 1 : 0 : nil))
      }
    }
  }

  @Test func `dormancy has no follow-up`() throws {
    let past = history(
      subscription("A").seen(on: 0, 28).used(daily: -10...40), exports: weekly)
    let table = try panel(
      past, landmarks: [day(0)], knownThrough: 84,
      ChurnDefinition(events: [.dormant], horizonDays: 28, reactivationGraceDays: 0)
    ).table
    #expect(table.followUps.allSatisfy { $0 == .none })
  }

  @Test func `a failing history fails the panel`() {
    struct Unreadable: Error {}
    struct Broken: HistorySource {
      var sources: [Source] { [] }
      var meters: [Meter] { [] }
      var exclusions: [Exclusion] { [] }
      var surroundings: Surroundings { Surroundings() }
      func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
        throw Unreadable()
      }
    }
    #expect(throws: Unreadable.self) {
      try panel(Broken(), landmarks: [day(0)], knownThrough: 1)
    }
  }
}
