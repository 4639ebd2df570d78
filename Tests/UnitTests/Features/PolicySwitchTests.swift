import Features
import Glibc
import History
import Testing

@testable import Features

/// What was switched off for most of a seller's subscriptions in one export is no decision of a customer.
struct PolicySwitchTests: PastFixtures {
  /// Subscriptions `a`, `b`, … that renew on day 0 and of which the first `off` are switched off on day 7.
  private func subscriptions(
    _ count: Int, off: Int, from first: Int = 0, _ change: (inout SubscriptionState) -> Void
  ) -> [SubscriptionPast] {
    (0..<count).map { number in
      let letter = Character(UnicodeScalar(UInt8(97 + first + number)))
      return subscription(letter, of: "tenant \(letter)") {
        change(&$0)
        $0.autoRenewEnabled = true
      }.seen(on: 0).seen(on: 7, 14) { $0.autoRenewEnabled = number >= off }
    }
  }

  private func past(_ subscriptions: [SubscriptionPast]) -> InMemoryHistory {
    history(subscriptions, sources: [source(exports: [0, 7, 14])])
  }

  /// Days since the switch, on day 14; nil when it was no decision.
  ///
  /// The freshness must say the same.
  private func days(_ letter: Character, _ past: InMemoryHistory) throws -> Double? {
    let days = try value(DaysSinceAutoRenewOff(), of: letter, in: past, on: 14)
    let freshness = try value(AutoRenewSwitchedOff(), of: letter, in: past, on: 14)
    #expect(freshness == (days.isNaN ? 0 : exp(-days / 91)))
    return days.isNaN ? nil : days
  }

  // Of the others of `a`: 5 of 10, 6 of 10, 5 of 9.
  @Test(arguments: [(11, 6, 7.0), (11, 7, nil), (10, 6, 7.0)])
  func `more than half of at least ten others make a policy`(
    count: Int, off: Int, expected: Double?
  ) throws {
    #expect(try days("a", past(subscriptions(count, off: off) { _ in })) == expected)
  }

  @Test func `a reseller's own others tell, and where they are too few all of the source`() throws {
    let policy = subscriptions(11, off: 11) { $0.partnerId = "one" }
    let rest = subscriptions(14, off: 1, from: 11) { $0.partnerId = "two" }
    #expect(try days("a", past(policy + rest)) == nil)
    #expect(try days("l", past(policy + rest)) == 7)
    // Reseller three has nobody else; of all twelve others eleven were switched off.
    let alone = subscriptions(1, off: 1, from: 11) { $0.partnerId = "three" }
    #expect(try days("l", past(policy + alone)) == nil)
    // Of all 25 others twelve.
    let last = subscriptions(1, off: 1, from: 25) { $0.partnerId = "three" }
    #expect(try days("z", past(policy + rest + last)) == 7)
  }

  @Test func `who renews nowhere else, is of another kind or came later does not count`() throws {
    let others = subscriptions(9, off: 9, from: 2) { _ in }
    let one = subscriptions(1, off: 1) { _ in }
    #expect(try days("a", past(one + others)) == 7)
    let office = subscriptions(1, off: 1, from: 1) { $0.subscriptionType = "Office" }
    #expect(try days("a", past(one + others + office)) == 7)
    let alwaysOff = subscription("b") { $0.autoRenewEnabled = false }.seen(on: 0, 7, 14)
    #expect(try days("a", past(one + others + [alwaysOff])) == 7)
    let new = subscription("b") { $0.autoRenewEnabled = false }.seen(on: 7, 14)
    #expect(try days("a", past(one + others + [new])) == 7)
    let late = subscription("b") { $0.autoRenewEnabled = true }.seen(on: 0)
      .seen(on: 14) { $0.autoRenewEnabled = false }
    #expect(try days("a", past(one + others + [late])) == 7)
    // What was switched off a week later was so alone.
    #expect(try days("b", past(one + others + [late])) == 0)
    let azure = subscriptions(1, off: 1, from: 1) { _ in }
    #expect(try days("a", past(one + others + azure)) == nil)
  }

  @Test func `a decision before the policy stays one, and so does the next after it`() throws {
    let others = subscriptions(12, off: 12) { _ in }
    let before = subscription("y") { $0.autoRenewEnabled = true }.seen(on: -7)
      .seen(on: 0, 7, 14) { $0.autoRenewEnabled = false }
    let after = subscription("z") { $0.autoRenewEnabled = true }.seen(on: 0)
      .seen(on: 7) { $0.autoRenewEnabled = false }.seen(on: 10) { $0.autoRenewEnabled = true }
      .seen(on: 14) { $0.autoRenewEnabled = false }
    let past = history(
      others + [before, after], sources: [source(exports: [-7, 0, 7, 10, 14])])
    #expect(try days("y", past) == 14)
    #expect(try value(DaysSinceAutoRenewOff(), of: "z", in: past, on: 7).isNaN)
    #expect(try days("z", past) == 0)
  }

  @Test(arguments: UInt64(760)...763)
  func `random histories agree with a naive twin`(seed: UInt64) throws {
    let past = RandomPast.makeAlike(seed: seed)
    let landmarks = Replay.landmarks(of: past)
    let contexts = try ReferenceStatistics(history: past, landmarks: landmarks, lag: 2).contexts
    var (decisions, policies) = (0, 0)
    for context in contexts where context.asOf >= day(30) {
      let known = Replay.cut(past, at: context.asOf, lag: 2)
      let twin = Twin(subscriptions: known.customers.flatMap(\.subscriptions))
      for snapshot in past.customers.flatMap({ CustomerSnapshot($0, at: context).subscriptions })
      where snapshot.isObserved {
        let (switched, isPolicy) = try #require(twin.lastSwitch(of: snapshot.id))
        #expect(snapshot.changes.autoRenewSwitchedOffOn == (isPolicy ? nil : switched))
        if switched != nil { isPolicy ? (policies += 1) : (decisions += 1) }
      }
    }
    #expect(decisions > 50 && policies > 50, "\(decisions), \(policies)")
  }

  /// Looks through all subscriptions for each one.
  private struct Twin {
    let subscriptions: [SubscriptionHistory]

    /// The switch that began the present spell without auto-renew.
    func lastSwitch(of id: GUID) -> (day: CalendarDay?, isPolicy: Bool)? {
      guard let own = subscriptions.first(where: { $0.id == id }) else { return nil }
      let known = own.observations.filter { own.states[$0.state].autoRenewEnabled != nil }
      let spell = known.reversed().prefix { own.states[$0.state].autoRenewEnabled == false }
      guard let first = spell.last, spell.count < known.count else { return (nil, false) }
      return (first.day, isPolicy(first, own))
    }

    private func isPolicy(_ observation: Observation, _ own: SubscriptionHistory) -> Bool {
      let state = own.states[observation.state]
      guard state.isAzureOrUntyped else { return false }
      let ofSource = switches(inExport: observation, otherThan: own) { _ in true }
      let ofReseller = switches(inExport: observation, otherThan: own) {
        $0.partnerId == state.partnerId
      }
      let told = state.partnerId != nil && ofReseller.count >= 10 ? ofReseller : ofSource
      return told.count >= 10 && 2 * told.count(where: \.self) > told.count
    }

    /// For each of the others that renewed before whether the export shows it switched off.
    private func switches(
      inExport export: Observation, otherThan own: SubscriptionHistory,
      where isAlike: (SubscriptionState) -> Bool
    ) -> [Bool] {
      subscriptions.filter { $0.id != own.id }.compactMap { other in
        guard
          let place = other.observations.firstIndex(where: {
            $0.day == export.day && $0.source == export.source
          })
        else { return nil }
        let now = other.states[other.observations[place].state]
        let before = other.observations[..<place].compactMap {
          other.states[$0.state].autoRenewEnabled
        }
        guard now.isAzureOrUntyped, isAlike(now), before.last == true else { return nil }
        return now.autoRenewEnabled.map { !$0 }
      }
    }
  }
}
