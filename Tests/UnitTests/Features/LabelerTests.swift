import Features
import History
import TestSupport
import Testing

@testable import Features

/// 1 when churn came within the horizon, 0 when not, nil when that has not been seen.
struct LabelerTests: PastFixtures {
  private let monthly = ChurnDefinition(horizonDays: 28, reactivationGraceDays: 0)
  private let dormancy = ChurnDefinition(
    events: [.dormant], horizonDays: 28, reactivationGraceDays: 0)
  private let weekly = Array(stride(from: 0, through: 140, by: 7))

  @Test(arguments: [(27, 1.0), (28, 1.0), (29, 0.0)])
  func `the window ends on L + horizon, inclusive`(deprovisioned: Int, label expected: Double)
    throws
  {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 35) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(deprovisioned)
      }, exports: weekly)
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 140) == expected)
  }

  @Test func `the window begins after L`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(0)
      }, exports: weekly)
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 140) == 0)
    #expect(try label(of: "A", in: past, on: -1, monthly, knownThrough: 140) == 1)
  }

  @Test func `an event in a window not seen to its end has no label yet`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .deprovisioned }, exports: weekly)
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 27) == nil)
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 28) == 1)
  }

  @Test func `vanishing is label 0, and the row stays`() throws {
    let past = history(subscription("A").seen(on: 0), exports: weekly)
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 140) == 0)
  }

  @Test func `after a reactivation the window of a later landmark sees the later end`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 8) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(8)
      }.seen(on: 15) {
        $0.status = .active
        $0.deprovisionedDate = nil
      }.seen(on: 100) { $0.status = .suspended },
      exports: Array(stride(from: 1, through: 250, by: 7)) + [0])
    let quarter = ChurnDefinition(horizonDays: 91)
    #expect(try label(of: "A", in: past, on: 50, quarter, knownThrough: 250) == 1)
    #expect(try label(of: "A", in: past, on: 0, quarter, knownThrough: 250) == 1)
    #expect(try label(of: "A", in: past, on: 8, quarter, knownThrough: 250) == 0)
  }

  @Test
  func `before the first row of a subscription closed since nobody knows when there is no label`()
    throws
  {
    let past = history(
      subscription("A").seen(on: 0) { $0.status = .suspended }, subscription("B").seen(on: 0),
      exports: weekly)
    for landmark in [-28, -1] {
      #expect(try label(of: "A", in: past, on: landmark, monthly, knownThrough: 140) == nil)
      #expect(try label(of: "B", in: past, on: landmark, monthly, knownThrough: 140) == 0)
    }
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 140) == 0)
  }

  @Test func `a transfer inside the window is label 0`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 21) { $0.status = .deprovisioned }, exports: weekly,
      exclusions: [Exclusion(subscriptionId: id("A"), reason: .transferred, from: day(20))])
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 140) == 0)
  }

  @Test func `the source that last showed the subscription decides what was seen`() throws {
    let past = history(
      [subscription("A").seen(on: 0).seen(on: 7, source: 1)],
      sources: [source("alpha", exports: [0, 28, 35]), source("beta", exports: [7, 14])])
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 40) == 0)
    #expect(try label(of: "A", in: past, on: 7, monthly, knownThrough: 40) == nil)
  }

  @Test func `a subscription that no row ever showed has no label`() throws {
    let past = history(
      subscription("A").used(on: 0), subscription("B").seen(on: 0), exports: weekly)
    #expect(try label(of: "A", in: past, on: 0, monthly, knownThrough: 140) == nil)
  }

  // MARK: Dormancy

  /// A is used on `days`; B keeps the usage of the whole history going.
  private func dormant(
    used days: Int..., exports: [Int]? = nil, seen: Int = 140,
    _ change: (SubscriptionPast) -> SubscriptionPast = { $0 }
  ) -> InMemoryHistory {
    var past = subscription("A").used(daily: days)
    for day in weekly where day <= seen { past = past.seen(on: day) }
    return history(
      change(past), subscription("B").seen(on: 0).used(daily: 0...140), exports: exports ?? weekly)
  }

  @Test(arguments: [(0, 1.0), (1, 0.0), (28, 0.0), (29, 1.0)])
  func `dormant means no usage on any day after L up to L + horizon`(used: Int, expected: Double)
    throws
  {
    #expect(
      try label(of: "A", in: dormant(used: used), on: 0, dormancy, knownThrough: 140) == expected)
  }

  @Test func `usage corrected to zero is none`() throws {
    let past = dormant(used: 10) { $0.used(on: 10, quantity: 0, knownFrom: 60) }
    #expect(try label(of: "A", in: past, on: 0, dormancy, knownThrough: 59) == 0)
    #expect(try label(of: "A", in: past, on: 0, dormancy, knownThrough: 60) == 1)
  }

  @Test func `usage not known yet does not count`() throws {
    let past = dormant(used: -5) { $0.used(on: 10, knownFrom: 60) }
    #expect(try label(of: "A", in: past, on: 0, dormancy, knownThrough: 59) == 1)
    #expect(try label(of: "A", in: past, on: 0, dormancy, knownThrough: 60) == 0)
  }

  @Test func `lastUsageDate of a later row is usage too`() throws {
    let past = dormant(used: -5) { past in
      var copy = past
      copy.observations[3].lastUsageDate = day(15)
      return copy
    }
    #expect(try label(of: "A", in: past, on: 0, dormancy, knownThrough: 140) == 0)
    #expect(try label(of: "A", in: past, on: 21, dormancy, knownThrough: 140) == 1)
  }

  @Test func `where all usage ends nobody went dormant`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7, 14, 21, 28, 35).used(daily: 0...20), exports: weekly)
    #expect(try label(of: "A", in: past, on: 14, dormancy, knownThrough: 140) == nil)
    let known = history(
      subscription("A").seen(on: 0, 7, 14, 21, 28, 35).used(daily: 0...20),
      subscription("B").seen(on: 0).used(daily: 0...42), exports: weekly)
    #expect(try label(of: "A", in: known, on: 14, dormancy, knownThrough: 140) == 0)
    #expect(try label(of: "A", in: known, on: 15, dormancy, knownThrough: 140) == nil)
  }

  @Test func `where the usage of its own source ends nobody went dormant`() throws {
    let sources = [
      source("alpha", exports: weekly, usage: weekly),
      source("beta", exports: weekly, usage: [0, 7, 14]),
    ]
    let past = history(
      [
        subscription("A").seen(on: 0, 140).used(daily: -30...20),
        subscription("B").seen(on: 0, 140, source: 1).used(daily: -30...14),
        subscription("C").seen(on: 0, 140).used(daily: -30...140),
      ], sources: sources)
    #expect(try label(of: "A", in: past, on: 28, dormancy, knownThrough: 140) == 1)
    #expect(try label(of: "B", in: past, on: 28, dormancy, knownThrough: 140) == nil)
  }

  /// A and B, used daily but for `missing`, on which no line of anyone came; A stops after day 30.
  private func interrupted(_ missing: ClosedRange<Int>) -> InMemoryHistory {
    let days = (-30...140).filter { !missing.contains($0) }
    return history(
      subscription("A").seen(on: 0, 140).used(daily: days.filter { $0 <= 30 }),
      subscription("B").seen(on: 0, 140).used(daily: days), exports: weekly)
  }

  @Test(arguments: [60...60, 45...59, 32...32, 42...42, 70...70])
  func `a day without usage of anyone inside the window is a missing export, not silence`(
    missing: ClosedRange<Int>
  ) throws {
    // The window of day 42 is 43 … 70.
    let expected: Double? = missing.overlaps(43...70) ? nil : 1
    let past = interrupted(missing)
    #expect(try label(of: "A", in: past, on: 42, dormancy, knownThrough: 140) == expected)
    // So that the used are not left over as the only rows of such a window.
    #expect(
      try label(of: "B", in: past, on: 42, dormancy, knownThrough: 140) == expected.map { _ in 0 })
  }

  @Test func `a partner with usage once a week has labels`() throws {
    let usage = Array(stride(from: -28, through: 140, by: 7))
    func past(without missing: Set<Int>) -> InMemoryHistory {
      let days = usage.filter { !missing.contains($0) }
      return history(
        subscription("A").seen(on: 0, 140).used(daily: days.filter { $0 <= 35 }),
        subscription("B").seen(on: 0, 140).used(daily: days), exports: weekly)
    }
    #expect(try label(of: "A", in: past(without: []), on: 42, dormancy, knownThrough: 140) == 1)
    // Two weeks from one line to the next: one is missing.
    #expect(try label(of: "A", in: past(without: [56]), on: 42, dormancy, knownThrough: 140) == nil)
  }

  @Test func `a subscription that vanished did not go dormant`() throws {
    #expect(
      try label(of: "A", in: dormant(used: -5, seen: 7), on: 0, dormancy, knownThrough: 140) == 0)
    // Gone on the first export after the window only: it was silent while it was there.
    #expect(
      try label(of: "A", in: dormant(used: -5, seen: 28), on: 0, dormancy, knownThrough: 140) == 1)
  }
}
