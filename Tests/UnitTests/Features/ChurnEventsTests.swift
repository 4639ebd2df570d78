import Features
import History
import TestSupport
import Testing

@testable import Features

/// When churn happened, looked back on from a later day.
struct ChurnEventsTests: PastFixtures {
  private let noGrace = ChurnDefinition(reactivationGraceDays: 0)

  @Test func `nothing happened to an active subscription`() throws {
    let past = history(subscription("A").seen(on: 0, 7, 14))
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(0)) == nil)
  }

  // MARK: Deprovisioned

  @Test func `deprovisioned counts on deprovisionedDate`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7).seen(on: 14) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(9)
      })
    let events = try events(of: "A", in: past, knownThrough: 14)
    #expect(events.firstChurn(after: day(0)) == day(9))
    #expect(events.firstChurn(after: day(8)) == day(9))
  }

  @Test func `without a date deprovisioned counts on the first row that shows it`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7).seen(on: 14, 21) { $0.status = .deprovisioned })
    #expect(try events(of: "A", in: past, knownThrough: 21).firstChurn(after: day(0)) == day(14))
  }

  @Test func `a deprovisionedDate after the first row that shows the end does not delay it`() throws
  {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 14) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(60)
      })
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(0)) == day(14))
  }

  @Test func `an end dated before the landmark but told after it lies in no window`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7).seen(on: 14) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(5)
      })
    let events = try events(of: "A", in: past, knownThrough: 14)
    #expect(events.firstChurn(after: day(7)) == nil)
    #expect(events.firstChurn(after: day(5)) == nil)
    #expect(events.firstChurn(after: day(4)) == day(5))
  }

  @Test func `an end that a much later row tells still counts on its date`() throws {
    // Suspended was seen on day 35; the row of day 42 dates the end to day 10.
    let past = history(
      subscription("A").seen(on: 0, 7).seen(on: 35) { $0.status = .suspended }.seen(on: 42) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(10)
      })
    #expect(try events(of: "A", in: past, knownThrough: 41).firstChurn(after: day(7)) == day(35))
    #expect(try events(of: "A", in: past, knownThrough: 42).firstChurn(after: day(7)) == day(10))
  }

  @Test func `a date that has come counts whatever the status says`() throws {
    let past = history(subscription("A").seen(on: 0).seen(on: 7) { $0.deprovisionedDate = day(5) })
    #expect(try events(of: "A", in: past, knownThrough: 7).firstChurn(after: day(0)) == day(5))
  }

  @Test func `an announced end is no event before a row on or after its day`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7, 14) { $0.deprovisionedDate = day(12) })
    #expect(try events(of: "A", in: past, knownThrough: 7).firstChurn(after: day(0)) == nil)
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(0)) == day(12))
  }

  @Test func `nothing follows a deprovisioning`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .deprovisioned }
        .seen(on: 14) { $0.status = .suspended })
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(7)) == nil)
  }

  @Test func `after a reactivation the next end counts like the first`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 8) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(8)
      }.seen(on: 15) {
        $0.status = .active
        $0.deprovisionedDate = nil
      }.seen(on: 100, 107) { $0.status = .suspended })
    let events = try events(of: "A", in: past, knownThrough: 107)
    #expect(events.firstChurn(after: day(0)) == day(8))
    #expect(events.firstChurn(after: day(8)) == day(100))
    #expect(events.firstChurn(after: day(50)) == day(100))
    #expect(events.firstChurn(after: day(100)) == nil)
  }

  @Test func `a date left over from an earlier spell does not date the next one`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 8) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(8)
      }.seen(on: 15) {
        $0.status = .active
        $0.deprovisionedDate = nil
      }.seen(on: 50) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(8)
      }.seen(on: 57) {
        $0.status = .active
        $0.deprovisionedDate = nil
      }.seen(on: 80) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(77)
      })
    let events = try events(of: "A", in: past, knownThrough: 80)
    #expect(events.firstChurn(after: day(8)) == day(50))
    #expect(events.firstChurn(after: day(50)) == day(77))
  }

  // MARK: Suspended

  @Test func `suspended counts on the first row that shows it`() throws {
    let past = history(subscription("A").seen(on: 0, 7).seen(on: 14, 21) { $0.status = .suspended })
    #expect(try events(of: "A", in: past, knownThrough: 21).firstChurn(after: day(0)) == day(14))
  }

  @Test func `a spell that the first row is already in began on an unknown day`() throws {
    func closedUndatedOn(_ change: (inout SubscriptionState) -> Void) throws -> CalendarDay? {
      let past = history(subscription("A").seen(on: 3, 7) { change(&$0) })
      return try events(of: "A", in: past, knownThrough: 7).closedUndatedOn
    }
    #expect(try closedUndatedOn { $0.status = .suspended } == day(3))
    #expect(try closedUndatedOn { $0.status = .deprovisioned } == day(3))
    #expect(
      try closedUndatedOn {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(2)
      } == nil)
    // A date that is still to come dates nothing yet.
    #expect(
      try closedUndatedOn {
        $0.status = .suspended
        $0.deprovisionedDate = day(5)
      } == day(3))
    #expect(try closedUndatedOn { _ in } == nil)
  }

  @Test func `a suspended spell is one event, whatever unreadable rows lie in it`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .unknown("PENDING") }.seen(on: 21) { $0.status = .suspended })
    let events = try events(of: "A", in: past, knownThrough: 21)
    #expect(events.firstChurn(after: day(0)) == day(7))
    #expect(events.firstChurn(after: day(7)) == nil)
  }

  @Test func `a return within the grace undoes a suspension`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7, 14) { $0.status = .suspended }
        .seen(on: 37) { $0.status = .active })
    #expect(try events(of: "A", in: past, knownThrough: 37).firstChurn(after: day(0)) == nil)
    // Before the return was seen nobody knew of it.
    #expect(try events(of: "A", in: past, knownThrough: 36).firstChurn(after: day(0)) == day(7))
  }

  @Test func `a return after the grace does not`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7, 14) { $0.status = .suspended }
        .seen(on: 38) { $0.status = .active })
    #expect(try events(of: "A", in: past, knownThrough: 38).firstChurn(after: day(0)) == day(7))
  }

  @Test func `without grace every suspension counts`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .active })
    let events = try events(of: "A", in: past, noGrace, knownThrough: 14)
    #expect(events.firstChurn(after: day(0)) == day(7))
  }

  @Test func `after an undone suspension the next one counts`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .active }.seen(on: 60) { $0.status = .suspended })
    #expect(try events(of: "A", in: past, knownThrough: 60).firstChurn(after: day(0)) == day(60))
  }

  @Test func `suspended then deprovisioned counts from the suspension`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .deprovisioned })
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(0)) == day(7))
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(7)) == day(14))
  }

  @Test func `a deprovisioning inside the grace is no return`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .deprovisioned }.seen(on: 21) { $0.status = .active })
    #expect(try events(of: "A", in: past, knownThrough: 21).firstChurn(after: day(0)) == day(7))
  }

  @Test func `only the events of the definition count`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .deprovisioned })
    let onlyEnds = ChurnDefinition(events: [.deprovisioned])
    #expect(
      try events(of: "A", in: past, onlyEnds, knownThrough: 14).firstChurn(after: day(0)) == day(14)
    )
    let onlySuspensions = ChurnDefinition(events: [.suspended])
    #expect(
      try events(of: "A", in: past, onlySuspensions, knownThrough: 14).firstChurn(after: day(7))
        == nil)
  }

  // MARK: Competing events

  @Test func `a trial that never paid is no churn, unless the recipe says so`() throws {
    let past = history(
      subscription("A") {
        $0.trialStartDate = day(-10)
        $0.trialEndDate = day(20)
      }.seen(on: 0).seen(on: 28) { $0.status = .deprovisioned })
    #expect(try events(of: "A", in: past, knownThrough: 28).firstChurn(after: day(0)) == nil)
    let counting = ChurnDefinition(trialNeverPaidIsChurn: true)
    #expect(
      try events(of: "A", in: past, counting, knownThrough: 28).firstChurn(after: day(0)) == day(28)
    )
  }

  @Test func `a trial that had paid before its end is churn`() throws {
    let past = history(
      subscription("A") {
        $0.trialStartDate = day(-10)
        $0.trialEndDate = day(20)
      }.seen(on: 0).seen(on: 28) {
        $0.trialToPaidConversionDate = day(15)
        $0.status = .deprovisioned
      })
    #expect(try events(of: "A", in: past, knownThrough: 28).firstChurn(after: day(0)) == day(28))
  }

  @Test func `vanishing leaves no event, a later row that shows the end does`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 42) { $0.status = .deprovisioned },
      exports: [0, 7, 14, 21, 28, 35, 42])
    #expect(try events(of: "A", in: past, knownThrough: 35).firstChurn(after: day(0)) == nil)
    #expect(try events(of: "A", in: past, knownThrough: 42).firstChurn(after: day(0)) == day(42))
  }

  @Test(arguments: [ExclusionReason.transferred, .migrated, .other])
  func `leaving in another way first is no churn`(reason: ExclusionReason) throws {
    let end = subscription("A").seen(on: 0).seen(on: 14) { $0.status = .deprovisioned }
    // Written down within 30 days after the end it explains it; what comes later is another matter.
    for (from, churn) in [(10, nil), (14, nil), (15, nil), (44, nil), (45, day(14))] {
      let past = history(
        end, exclusions: [Exclusion(subscriptionId: id("A"), reason: reason, from: day(from))])
      #expect(
        try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(0)) == churn,
        "from \(from)")
    }
  }

  @Test func `a transfer explains the end that it follows, and no other`() throws {
    func past(_ from: Int) -> InMemoryHistory {
      history(
        subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
          .seen(on: 14) { $0.status = .active }
          .seen(on: 21) {
            $0.status = .deprovisioned
            $0.deprovisionedDate = day(18)
          },
        exclusions: [Exclusion(subscriptionId: id("A"), reason: .transferred, from: day(from))])
    }
    func churn(_ from: Int, after landmark: Int) throws -> CalendarDay? {
      try events(of: "A", in: past(from), noGrace, knownThrough: 21)
        .firstChurn(after: day(landmark))
    }
    #expect(try churn(9, after: 0) == nil && churn(9, after: 14) == day(18))
    #expect(try churn(20, after: 0) == day(7) && churn(20, after: 14) == nil)
  }

  @Test func `a transfer of the customer holds for its subscriptions, under any of their tenants`()
    throws
  {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.customerTenantId = "renamed" }
        .seen(on: 14) { $0.status = .deprovisioned },
      exclusions: [Exclusion(customerTenantId: "Renamed", reason: .transferred, from: day(10))])
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(0)) == nil)
  }

  @Test func `a transfer before the landmark does not hide a later end`() throws {
    // Such rows are excluded by their standing; the events themselves look at one window only.
    let past = history(
      subscription("A").seen(on: 0).seen(on: 14) { $0.status = .deprovisioned },
      exclusions: [Exclusion(subscriptionId: id("A"), reason: .transferred, from: day(3))])
    #expect(try events(of: "A", in: past, knownThrough: 14).firstChurn(after: day(5)) == day(14))
  }

  @Test(arguments: [ExclusionReason.transferred, .migrated, .other])
  func `leaving in another way without a day is leaving when it was gone`(reason: ExclusionReason)
    throws
  {
    func events(_ end: SubscriptionPast) throws -> ChurnEvents {
      let past = history(
        end, exports: [0, 7, 14, 21, 28, 35],
        exclusions: [Exclusion(subscriptionId: id("A"), reason: reason)])
      return try self.events(of: "A", in: past, knownThrough: 35)
    }
    let closed = try events(
      subscription("A").seen(on: 0, 7).seen(on: 14) { $0.status = .suspended }.seen(on: 21, 28, 35)
      {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(18)
      })
    #expect(closed.firstChurn(after: day(0)) == nil)
    #expect(!closed.leftOtherwise(after: day(0), through: day(13)))
    #expect(closed.leftOtherwise(after: day(0), through: day(14)))
    let absent = try events(subscription("A").seen(on: 0, 7))
    #expect(!absent.leftOtherwise(after: day(0), through: day(13)))
    #expect(absent.leftOtherwise(after: day(0), through: day(14)))
    let there = try events(subscription("A").seen(on: 0, 7, 14, 21, 28, 35))
    #expect(!there.leftOtherwise(after: day(0), through: day(500)))
  }

  @Test func `a suspension that was over is not how it left`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 60, 67) { $0.status = .active }.seen(on: 74) { $0.status = .deprovisioned },
      exclusions: [Exclusion(subscriptionId: id("A"), reason: .transferred)])
    let events = try events(of: "A", in: past, knownThrough: 74)
    #expect(events.firstChurn(after: day(0)) == day(7))
    #expect(events.firstChurn(after: day(60)) == nil)
    #expect(events.leftOtherwise(after: day(60), through: day(74)))
  }

  @Test func `rows after the day one looks back from do not exist`() throws {
    let past = history(subscription("A").seen(on: 0, 7).seen(on: 14) { $0.status = .suspended })
    #expect(try events(of: "A", in: past, knownThrough: 13).firstChurn(after: day(0)) == nil)
  }
}
