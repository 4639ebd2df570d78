internal import History

/// The exports that show auto-renew switched off for most of a seller's subscriptions.
///
/// ```
///   export            D−7                    D
///   renews       ● ● ● ● ● ○      ○ ○ ○ ● ○ ○     four of five: a policy of the seller
/// ```
/// Who sold a subscription is its reseller; where that has too few others to tell, all of the source.
struct PolicySwitches: Sendable, Hashable {
  /// The days on which others of a reseller are enough to tell, with what they tell.
  private var resellers: [LevelKey: [CalendarDay: Bool]] = [:]
  /// By the index of the source.
  private var sources: [Int: [CalendarDay: Bool]] = [:]

  /// None.
  init() {}

  fileprivate init(
    resellers: [LevelKey: [CalendarDay: Bool]], sources: [Int: [CalendarDay: Bool]]
  ) {
    (self.resellers, self.sources) = (resellers, sources)
  }

  /// Whether a subscription that an export shows as switched off was so together with most of the others.
  ///
  /// - Parameters:
  ///   - facts: the subscription as the export shows it: switched off, after it was last seen to renew.
  ///   - source: index of the export's source.
  ///   - day: of the export.
  /// - Returns: false also where there are too few others to tell.
  func areShared(by facts: StateFacts, source: Int, on day: CalendarDay) -> Bool {
    guard facts.isAzureOrUntyped else { return false }
    return facts.reseller(of: source).flatMap { resellers[$0]?[day] } ?? sources[source]?[day]
      ?? false
  }
}

/// Counts, for every export, the subscriptions that it shows as switched off, among those that were last seen to
/// renew.
///
/// Sums over subscriptions, so parts of the customers can be counted apart and added. What an export tells is
/// the same on every landmark from its day on.
struct SwitchCounts: Sendable {
  private struct Counts: SummableCounts {
    /// Subscriptions last seen to renew, of which the export tells whether they do.
    var renewed = 0
    /// Of these, those that do no more.
    var switchedOff = 0

    var isEmpty: Bool { renewed == 0 }

    static func += (sum: inout Self, other: Self) {
      sum.renewed += other.renewed
      sum.switchedOff += other.switchedOff
    }

    /// What the others tell a subscription that was switched off and is counted here itself; nil with too few.
    var isPolicy: Bool? {
      guard switchedOff > 0, renewed > SubscriptionPeers.fewestPeers else { return nil }
      return 2 * (switchedOff - 1) > renewed - 1
    }
  }

  /// With an export, ascending.
  private let days: [CalendarDay]
  private var resellers: GroupSums<LevelKey, Counts>
  private var sources: GroupSums<Int, Counts>

  /// - Parameters:
  ///   - sources: whose exports count.
  ///   - end: the last landmark; later exports do not count.
  init(_ sources: [Source], through end: CalendarDay?) {
    let days = Set(sources.flatMap { $0.days.lazy.map(\.day) })
    self.days = end.map { end in days.filter { $0 <= end }.sorted() } ?? []
    resellers = GroupSums(landmarkCount: self.days.count)
    self.sources = GroupSums(landmarkCount: self.days.count)
  }

  mutating func add(_ subscription: SubscriptionHistory) {
    guard subscription.states.contains(where: { $0.autoRenewEnabled == true }) else { return }
    var renewed = false
    var place = 0
    var seller: (state: Int, source: Int, numbers: (reseller: Int?, source: Int)?)?
    for observation in subscription.observations {
      guard let renews = subscription.states[observation.state].autoRenewEnabled else { continue }
      defer { renewed = renews }
      guard renewed else { continue }
      while place < days.count, days[place] < observation.day { place += 1 }
      guard place < days.count else { return }
      guard days[place] == observation.day else { continue }
      if seller?.state != observation.state || seller?.source != observation.source {
        let numbers = numbers(of: subscription.states[observation.state], observation.source)
        seller = (observation.state, observation.source, numbers)
      }
      guard let numbers = seller?.numbers else { continue }
      let counts = Counts(renewed: 1, switchedOff: renews ? 0 : 1)
      if let reseller = numbers.reseller {
        resellers.add(counts, toGroup: reseller, landmark: place)
      }
      sources.add(counts, toGroup: numbers.source, landmark: place)
    }
  }

  /// The groups of an Azure subscription; nil for any other.
  private mutating func numbers(
    of state: SubscriptionState, _ source: Int
  ) -> (reseller: Int?, source: Int)? {
    guard state.isAzureOrUntyped else { return nil }
    let reseller = LevelKey(state.partnerId, source: source).map { resellers.number(of: $0) }
    return (reseller, sources.number(of: source))
  }

  /// Adds what was counted of other customers.
  mutating func add(_ other: SwitchCounts) {
    resellers.add(other.resellers)
    sources.add(other.sources)
  }

  /// What was counted.
  var policies: PolicySwitches {
    PolicySwitches(resellers: policies(of: resellers), sources: policies(of: sources))
  }

  private func policies<Key>(of groups: GroupSums<Key, Counts>) -> [Key: [CalendarDay: Bool]] {
    groups.numbers.mapValues { group in
      var policies: [CalendarDay: Bool] = [:]
      for place in days.indices {
        policies[days[place]] = groups.sum(ofGroup: group, landmark: place).isPolicy
      }
      return policies
    }
  }
}
