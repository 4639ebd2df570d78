import History
import TestSupport
import Testing

@testable import Features

/// What became of the rows of past lists.
struct OutcomesTests: PastFixtures {
  private func outcomes(
    _ past: InMemoryHistory, on days: [Int], _ definition: ChurnDefinition, through: Int
  ) throws -> Outcomes {
    try Outcomes(
      history: past, landmarks: days.map(pastDay), lag: 0, definition: definition,
      knownThrough: pastDay(through))
  }

  private let fourWeeks = ChurnDefinition(horizonDays: 28, reactivationGraceDays: 0)

  @Test func `lost, kept and not seen to the end`() throws {
    let past = history(
      subscription("A").seen(on: 0, 28).seen(on: 56) { $0.status = .suspended },
      subscription("B", of: "fabrikam").seen(on: 0, 28, 56))
    let seen = try outcomes(past, on: [0, 28, 56], fourWeeks, through: 56)
    let (a, b) = (id("A"), id("B"))
    #expect(seen.outcome(of: a, after: pastDay(0))?.label == 0)
    let lost = try #require(seen.outcome(of: a, after: pastDay(28)))
    #expect(lost.label == 1 && lost.event == pastDay(56))
    let kept = try #require(seen.outcome(of: b, after: pastDay(28)))
    #expect(kept.label == 0 && kept.event == nil && kept.customer != lost.customer)
    #expect(seen.outcome(of: b, after: pastDay(56)) == nil)
    // A day that was not asked for.
    #expect(seen.outcome(of: b, after: pastDay(7)) == nil)
  }

  @Test func `a silence is complete on one day, whichever list it came after`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7, 14, 28, 56, lastUsage: 3).used(daily: -20...3),
      subscription("B").seen(on: 0, 7, 14, 28, 56).used(daily: -20...56))
    let dormancy = ChurnDefinition(
      events: [.dormant], horizonDays: 28, reactivationGraceDays: 0)
    let seen = try outcomes(past, on: [0, 7, 14], dormancy, through: 56)
    let (a, b) = (past.customers[0].subscriptions[0].id, past.customers[0].subscriptions[1].id)
    // Used in the window of the first list.
    #expect(try #require(seen.outcome(of: a, after: pastDay(0))).label == 0)
    for day in [7, 14] {
      let outcome = try #require(seen.outcome(of: a, after: pastDay(day)))
      #expect(outcome.label == 1 && outcome.event == pastDay(3 + 28))
    }
    #expect(try #require(seen.outcome(of: b, after: pastDay(7))).event == nil)
    // After 31 days of silence a list tells nothing new.
    let late = try outcomes(
      past, on: [28],
      ChurnDefinition(
        events: [.dormant], horizonDays: 14, reactivationGraceDays: 0), through: 56)
    let outcome = try #require(late.outcome(of: a, after: pastDay(28)))
    #expect(outcome.label == 1 && outcome.event == nil)
  }

  @Test(arguments: [UInt64(11), 12, 13, 14])
  func `labels are those of the panel, and the panel's rows all have one`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    for definition in [
      fourWeeks, ChurnDefinition(events: [.dormant], horizonDays: 14, reactivationGraceDays: 0),
    ] {
      let landmarks = [14, 28, 42, 56].map(pastDay)
      let known = pastDay(RandomPast.lastDay)
      let panel = try Panel(
        history: past, landmarks: landmarks, lag: 2,
        rules: StandingRules(exclusions: past.exclusions, minimumTenureDays: 0, today: known),
        definition: definition, knownThrough: known)
      let seen = try Outcomes(
        history: past, landmarks: landmarks, lag: 2, definition: definition, knownThrough: known)
      #expect(panel.table.count > 0)
      for (row, label) in zip(panel.table.rows, panel.table.labels) {
        let outcome = seen.outcome(of: row.subscriptionId, after: row.landmark)
        #expect(outcome?.label == label && outcome?.customer == row.customer)
      }
    }
  }

  @Test func `who turned out to be a test counts on no day`() throws {
    var past = history(
      subscription("A").seen(on: 0, 28).seen(on: 56) { $0.status = .suspended })
    let id = past.customers[0].subscriptions[0].id
    past.exclusions = [Exclusion(subscriptionId: id, reason: .test, from: pastDay(50))]
    #expect(
      try outcomes(past, on: [28], fourWeeks, through: 56).outcome(of: id, after: pastDay(28))
        == nil)
  }
}
