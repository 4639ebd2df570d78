import Features
import History
import TestSupport
import Testing

@testable import Features

/// Scored, excluded with a reason, or unlisted.
struct StandingTests: PastFixtures {
  /// Subscription A seen weekly on days 0 … 21, then gone from complete exports until day 420.
  private func vanished(_ change: (inout SubscriptionState) -> Void = { _ in }) -> InMemoryHistory {
    history(
      subscription("A", change).seen(on: 0, 7, 14, 21),
      exports: Array(stride(from: 0, through: 420, by: 7)))
  }

  @Test func `an active subscription is scored`() throws {
    #expect(try standing(of: "A", in: history(subscription("A").seen(on: 0)), on: 0) == .scored)
  }

  @Test func `a running trial is scored`() throws {
    let past = history(
      subscription("A") {
        $0.trialStartDate = day(-10)
        $0.trialEndDate = day(20)
      }.seen(on: 0))
    #expect(try standing(of: "A", in: past, on: 0) == .scored)
  }

  @Test func `only Azure is listed`() throws {
    let past = history(subscription("A") { $0.subscriptionType = "License" }.seen(on: 0))
    #expect(try standing(of: "A", in: past, on: 0) == .unlisted)
  }

  // MARK: Closed

  @Test func `a suspended subscription has churned since its spell began`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7, 14) { $0.status = .suspended }
        .seen(on: 21) { $0.status = .active })
    #expect(try standing(of: "A", in: past, on: 6) == .scored)
    #expect(try standing(of: "A", in: past, on: 14) == .excluded(.alreadyChurned, since: day(7)))
    // The return undoes it only once it was seen.
    #expect(try standing(of: "A", in: past, on: 20) == .excluded(.alreadyChurned, since: day(7)))
    #expect(try standing(of: "A", in: past, on: 21) == .scored)
  }

  @Test func `a deprovisioned subscription has churned since deprovisionedDate`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 14) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(9)
      })
    #expect(try standing(of: "A", in: past, on: 13) == .scored)
    #expect(try standing(of: "A", in: past, on: 14) == .excluded(.alreadyChurned, since: day(9)))
  }

  @Test func `without a date a deprovisioned subscription closed when it was first seen so`() throws
  {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 14, 21) { $0.status = .deprovisioned })
    #expect(try standing(of: "A", in: past, on: 30) == .excluded(.alreadyChurned, since: day(14)))
  }

  @Test func `a deprovisionedDate that has come closes whatever the status says`() throws {
    let past = history(subscription("A").seen(on: 0) { $0.deprovisionedDate = day(5) })
    #expect(try standing(of: "A", in: past, on: 4) == .scored)
    #expect(try standing(of: "A", in: past, on: 5) == .excluded(.alreadyChurned, since: day(5)))
  }

  @Test func `closed for more than 365 days is unlisted`() throws {
    let past = history(
      subscription("A").seen(on: 0) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(-1)
      })
    #expect(try standing(of: "A", in: past, on: 364) == .excluded(.alreadyChurned, since: day(-1)))
    #expect(try standing(of: "A", in: past, on: 365) == .unlisted)
  }

  @Test func `a trial that never became paid was never lost`() throws {
    let trial = subscription("A") {
      $0.trialStartDate = day(-30)
      $0.trialEndDate = day(0)
    }
    let closed = history(trial.seen(on: 0).seen(on: 7) { $0.status = .deprovisioned })
    #expect(try standing(of: "A", in: closed, on: 7) == .excluded(.other, since: day(7)))
    let suspended = history(trial.seen(on: 0).seen(on: 7) { $0.status = .suspended })
    #expect(try standing(of: "A", in: suspended, on: 7) == .excluded(.other, since: day(7)))
    let paid = history(
      trial.seen(on: 0).seen(on: 7) {
        $0.trialToPaidConversionDate = day(-1)
        $0.status = .deprovisioned
      })
    #expect(try standing(of: "A", in: paid, on: 7) == .excluded(.alreadyChurned, since: day(7)))
  }

  @Test func `closed stays closed when the rows stop`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .deprovisioned },
      exports: [0, 7, 14, 21])
    #expect(try standing(of: "A", in: past, on: 21) == .excluded(.alreadyChurned, since: day(7)))
  }

  // MARK: Absent

  @Test func `absent from a complete export is missing for 90 days`() throws {
    #expect(try standing(of: "A", in: vanished(), on: 27) == .scored)
    #expect(try standing(of: "A", in: vanished(), on: 28) == .excluded(.missing, since: day(28)))
    #expect(try standing(of: "A", in: vanished(), on: 118) == .excluded(.missing, since: day(28)))
    #expect(try standing(of: "A", in: vanished(), on: 119) == .excluded(.other, since: day(28)))
  }

  @Test func `absent for more than 365 days is unlisted`() throws {
    #expect(try standing(of: "A", in: vanished(), on: 393) == .excluded(.other, since: day(28)))
    #expect(try standing(of: "A", in: vanished(), on: 394) == .unlisted)
  }

  @Test func `a suspended subscription that vanishes is missing, not churned`() throws {
    let past = vanished { $0.status = .suspended }
    #expect(try standing(of: "A", in: past, on: 21) == .excluded(.alreadyChurned, since: day(0)))
    #expect(try standing(of: "A", in: past, on: 28) == .excluded(.missing, since: day(28)))
  }

  @Test func `absent after its commitment's end it has ended, silently`() throws {
    let ended = vanished { $0.commitmentEndDate = day(27) }
    #expect(try standing(of: "A", in: ended, on: 28) == .excluded(.other, since: day(27)))
    // The last day of the commitment is inclusive: absent on it, the subscription is missing.
    let running = vanished { $0.commitmentEndDate = day(28) }
    #expect(try standing(of: "A", in: running, on: 28) == .excluded(.missing, since: day(28)))
  }

  @Test func `an incomplete export makes nothing missing`() throws {
    let past = history(subscription("A").seen(on: 0), exports: [0, 7], incomplete: [7])
    #expect(try standing(of: "A", in: past, on: 7) == .scored)
  }

  // MARK: Other reasons

  @Test func `a status nobody can read is listed as such`() throws {
    let past = history(subscription("A") { $0.status = .unknown("PENDING") }.seen(on: 0))
    #expect(try standing(of: "A", in: past, on: 0) == .excluded(.unknownStatus, since: nil))
  }

  @Test func `younger than the minimum tenure is too new`() throws {
    let past = history(subscription("A") { $0.effectiveStartDate = day(0) }.seen(on: 0))
    let start = day(0)
    #expect(
      try standing(of: "A", in: past, on: 13, minimumTenureDays: 14)
        == .excluded(.tooNew, since: start))
    #expect(try standing(of: "A", in: past, on: 14, minimumTenureDays: 14) == .scored)
    #expect(try standing(of: "A", in: past, on: 0) == .scored)
  }

  // MARK: Exclusions

  @Test(
    arguments: zip(
      [ExclusionReason.transferred, .migrated, .other],
      [Standing.Reason.transferred, .migrated, .other]))
  func `a dated exclusion holds from its day on`(reason: ExclusionReason, listed: Standing.Reason)
    throws
  {
    let past = history(
      subscription("A").seen(on: 0),
      exclusions: [Exclusion(subscriptionId: id("A"), reason: reason, from: day(10))])
    #expect(try standing(of: "A", in: past, on: 9) == .scored)
    #expect(try standing(of: "A", in: past, on: 10) == .excluded(listed, since: day(10)))
  }

  @Test(
    arguments: zip(
      [ExclusionReason.fraud, .internal, .test], [Standing.Reason.fraud, .internal, .test]))
  func `fraud, internal and test hold on every landmark`(
    reason: ExclusionReason, listed: Standing.Reason
  ) throws {
    let past = history(
      subscription("A").seen(on: 0),
      exclusions: [Exclusion(subscriptionId: id("A"), reason: reason, from: day(10))])
    // A landmark never speaks of a later day.
    #expect(try standing(of: "A", in: past, on: 9) == .excluded(listed, since: nil))
    #expect(try standing(of: "A", in: past, on: 10) == .excluded(listed, since: day(10)))
  }

  @Test func `a departure without a day holds today, and before that once it was gone`() throws {
    let departed = [Exclusion(subscriptionId: id("A"), reason: .transferred)]
    let there = history(subscription("A").seen(on: 0, 7), exclusions: departed)
    #expect(try standing(of: "A", in: there, on: 0, today: 7) == .scored)
    #expect(try standing(of: "A", in: there, on: 7) == .excluded(.transferred, since: nil))
    let closed = history(
      subscription("A").seen(on: 0).seen(on: 7) { $0.status = .suspended }, exclusions: departed)
    #expect(try standing(of: "A", in: closed, on: 0, today: 9) == .scored)
    #expect(
      try standing(of: "A", in: closed, on: 7, today: 9) == .excluded(.transferred, since: day(7)))
    let absent = history(subscription("A").seen(on: 0), exports: [0, 7], exclusions: departed)
    #expect(try standing(of: "A", in: absent, on: 6, today: 9) == .scored)
    #expect(
      try standing(of: "A", in: absent, on: 7, today: 9) == .excluded(.transferred, since: day(7)))
  }

  @Test func `fraud, internal and test without a day hold always`() throws {
    for (reason, listed) in [
      (ExclusionReason.fraud, Standing.Reason.fraud), (.internal, .internal), (.test, .test),
    ] {
      let past = history(
        subscription("A").seen(on: 0),
        exclusions: [Exclusion(subscriptionId: id("A"), reason: reason)])
      #expect(try standing(of: "A", in: past, on: 0, today: 9) == .excluded(listed, since: nil))
    }
  }

  @Test func `an exclusion of a customer holds for all its subscriptions, in any case`() throws {
    let past = history(
      subscription("A").seen(on: 0), subscription("B", of: "fabrikam").seen(on: 0),
      exclusions: [Exclusion(customerTenantId: "CONTOSO", reason: .internal)])
    #expect(try standing(of: "A", in: past, on: 0) == .excluded(.internal, since: nil))
    #expect(try standing(of: "B", in: past, on: 0) == .scored)
  }

  @Test func `an exclusion outranks what the exports show`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 14) { $0.status = .deprovisioned },
      exclusions: [Exclusion(subscriptionId: id("A"), reason: .transferred, from: day(12))])
    #expect(try standing(of: "A", in: past, on: 14) == .excluded(.transferred, since: day(12)))
  }

  @Test func `an excluded subscription closed for over a year is unlisted all the same`() throws {
    let past = history(
      subscription("A").seen(on: 0).seen(on: 14) { $0.status = .deprovisioned },
      exclusions: [Exclusion(subscriptionId: id("A"), reason: .transferred, from: day(12))])
    #expect(try standing(of: "A", in: past, on: 14 + 366) == .unlisted)
  }
}
