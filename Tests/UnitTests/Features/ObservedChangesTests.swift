import Features
import History
import TestSupport
import Testing

@testable import Features

/// What is added up in order is on every day what a walk back through the observations finds.
struct ObservedChangesTests: PastFixtures {
  @Test func `values that an export leaves out neither are nor end anything`() throws {
    let past = history(
      subscription("A").seen(on: 0) {
        $0.productName = "One"
        $0.autoRenewEnabled = true
        $0.licenseCount = 3
      }.seen(on: 7) {
        $0.productName = nil
        $0.autoRenewEnabled = nil
        $0.licenseCount = nil
      }.seen(on: 14) {
        $0.productName = "ONE"
        $0.autoRenewEnabled = false
        $0.licenseCount = 5
      }.seen(on: 21) { $0.licenseCount = nil })
    let changes = try #require(try snapshot(of: "A", in: past, on: 21)).changes
    // Upper case is the same product.
    #expect(changes.productChangedOn == nil)
    #expect(changes.autoRenewSwitchedOffOn == day(14))
    #expect(changes.seatsChangedOn == day(14) && changes.seatsBefore == 3)
  }

  @Test func `what never renewed was never switched off`() throws {
    let past = history(subscription("A") { $0.autoRenewEnabled = false }.seen(on: 0, 7))
    #expect(
      try #require(try snapshot(of: "A", in: past, on: 7)).changes.autoRenewSwitchedOffOn == nil)
  }

  @Test func `a status that nobody can read does not begin a closed spell anew`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }
        .seen(on: 14) { $0.status = .unknown("PENDING") }
        .seen(on: 21) { $0.status = .suspended }.seen(on: 28) { $0.status = .deprovisioned }
        .seen(on: 35) { $0.status = .unknown("PENDING") }
        .seen(on: 42) { $0.status = .deprovisioned })
    #expect(try #require(try snapshot(of: "A", in: past, on: 21)).known.closedDate == day(7))
    #expect(try #require(try snapshot(of: "A", in: past, on: 42)).known.closedDate == day(28))
  }

  @Test(arguments: UInt64(700)...711)
  func `adding up equals walking back, after every observation`(seed: UInt64) {
    let past = RandomPast.make(seed: seed)
    var compared = 0
    for history in past.customers.flatMap(\.subscriptions) {
      let timeline = SubscriptionTimeline(
        history, of: "contoso", ReferenceFrame(past.meters, MeterTraits(past.meters)))
      for count in 1..<max(1, history.observations.count + 1) {
        let walk = Walk(
          observations: history.observations[..<count].reversed(), states: history.states)
        let changes = timeline.changes[count - 1]
        let day = history.observations[count - 1].day
        #expect(
          changes.productChangedOn == walk.lastChange { $0.productName?.lowercased() })
        #expect(
          changes.billingCycleChangedOn == walk.lastChange { $0.billingCycleName?.lowercased() })
        #expect(changes.seatsChangedOn == walk.lastChange { $0.licenseCount })
        #expect(changes.autoRenewSwitchedOffOn == walk.autoRenewSwitchedOffOn)
        #expect(changes.reportedLastUsage == walk.reportedLastUsage)
        let state = history.states[history.observations[count - 1].state]
        // Of what is closed, that is; of others nobody asks.
        for day in [day, day + 90]
        where state.isDeprovisioned(on: day) || state.status == .suspended {
          #expect(
            CohortStanding.closedDate(StateFacts(state), changes, on: day)
              == walk.closedDate(on: day))
        }
        compared += 1
      }
    }
    #expect(compared > 50)
  }

  /// The naive twin: looks back from the newest observation on.
  private struct Walk {
    let observations: [Observation]
    let states: [SubscriptionState]

    func lastChange<Value: Equatable>(_ field: (SubscriptionState) -> Value?) -> CalendarDay? {
      var present: Value?
      var since: CalendarDay?
      for observation in observations {
        guard let value = field(states[observation.state]) else { continue }
        if let present, value != present { return since }
        (present, since) = (value, observation.day)
      }
      return nil
    }

    var autoRenewSwitchedOffOn: CalendarDay? {
      var offSince: CalendarDay?
      for observation in observations {
        switch states[observation.state].autoRenewEnabled {
        case false?: offSince = observation.day
        case true?: return offSince
        case nil: continue
        }
      }
      return nil
    }

    var reportedLastUsage: CalendarDay? {
      for observation in observations {
        if let day = observation.lastUsageDate { return min(day, observation.day) }
      }
      return nil
    }

    func closedDate(on day: CalendarDay) -> CalendarDay? {
      let state = states[observations[0].state]
      let isDeprovisioned = state.isDeprovisioned(on: day)
      let spell = observations.filter { !isUnreadable($0) }.prefix { observation in
        let seen = states[observation.state]
        return isDeprovisioned
          ? seen.isDeprovisioned(on: observation.day) : seen.status == state.status
      }
      return [isDeprovisioned ? state.deprovisionedDate : nil, spell.last?.day]
        .compactMap(\.self).min()
    }

    private func isUnreadable(_ observation: Observation) -> Bool {
      let state = states[observation.state]
      guard case .unknown = state.status else { return false }
      return !state.isDeprovisioned(on: observation.day)
    }
  }
}
