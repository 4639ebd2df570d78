internal import History

/// One subscription's history, put together once for all the days from which it is looked at.
///
/// ```
///   observations   o     o     o     o        L
///   changes        c0    c1    c2    c3       changes[k] knows observations 0 … k and no later one
/// ```
/// On a landmark the snapshot takes the entry of the newest observation up to it, in O(1), where walking
/// back through the observations would cost as much as there are exports.
final class SubscriptionTimeline: Sendable {
  let history: SubscriptionHistory
  /// The tenant the customer's subscriptions are grouped by.
  let customerTenantId: String
  let usage: UsageTimeline
  let hasCosts: Bool
  /// What it cost, in the weeks that many landmarks look at; empty without a frame.
  let costWeeks: [CostWeeks]
  /// For each of `history.states`, what follows from it alone.
  let facts: [StateFacts]
  /// For each of `history.observations`, what all of them up to it tell.
  let changes: [ObservedChanges]
  /// For each of `history.observations`, the groups it puts the subscription in; empty without a frame.
  let groups: [ReferenceFrame.Groups]
  /// Its services among those of each cohort that it was ever in; empty without a frame.
  private let cohortServices: [CohortServices.Shared]
  /// When it was transferred alone; ascending.
  let transfers: [CalendarDay]
  /// For each of `history.states`, when its customer was transferred with everything.
  ///
  /// Ascending; empty where no customer was.
  let customerTransfers: [[CalendarDay]]
  /// What the timeline was put together for.
  private let frame: ReferenceFrame?

  /// For the snapshots of the landmarks of `frame`.
  convenience init(
    _ history: SubscriptionHistory, of customerTenantId: String, _ frame: ReferenceFrame
  ) {
    self.init(history, of: customerTenantId, UsageTimeline(history.usage, frame), frame: frame)
  }

  /// For what is counted of all subscriptions, which needs neither groups nor rhythms.
  convenience init(
    _ history: SubscriptionHistory, _ traits: MeterTraits, _ sharedWeeks: SharedWeeks
  ) {
    self.init(history, of: "", UsageTimeline(history.usage, traits, sharedWeeks), frame: nil)
  }

  private init(
    _ history: SubscriptionHistory, of customerTenantId: String, _ usage: UsageTimeline,
    frame: ReferenceFrame?
  ) {
    self.history = history
    hasCosts = !history.usage.costs.isEmpty
    self.customerTenantId = customerTenantId
    self.frame = frame
    self.usage = usage
    costWeeks =
      frame.flatMap { frame in
        history.usage.costs.isEmpty
          ? nil
          : frame.sharedWeeks.spans.map { CostWeeks(history.usage, frame.meterCurrencies, $0) }
      } ?? []
    var facts: [StateFacts] = []
    facts.reserveCapacity(history.states.count)
    for state in history.states {
      facts.append(StateFacts(state, after: facts.last, isForSnapshots: frame != nil))
    }
    self.facts = facts
    var changes: [ObservedChanges] = []
    changes.reserveCapacity(history.observations.count)
    var tracker = ChangeTracker(frame?.policySwitches)
    for observation in history.observations {
      tracker.add(observation, facts[observation.state])
      changes.append(tracker.changes)
    }
    self.changes = changes
    let groups = frame.map { Self.groups(history.observations, facts, $0) } ?? []
    self.groups = groups
    cohortServices = frame.map { Self.cohortServices(groups, usage.meters, $0) } ?? []
    transfers = frame?.transfers[history.id] ?? []
    let ofCustomers = frame?.customerTransfers ?? [:]
    customerTransfers =
      ofCustomers.isEmpty
      ? []
      : facts.map { facts in ofCustomers[facts.customerTenantId ?? customerTenantId] ?? [] }
  }

  private static func groups(
    _ observations: [Observation], _ facts: [StateFacts], _ frame: ReferenceFrame
  ) -> [ReferenceFrame.Groups] {
    var groups: [ReferenceFrame.Groups] = []
    groups.reserveCapacity(observations.count)
    var last: (observation: Observation, groups: ReferenceFrame.Groups)?
    for observation in observations {
      if let last, last.observation.state == observation.state,
        last.observation.source == observation.source
      {
        groups.append(last.groups)
      } else {
        let new = frame.groups(of: facts[observation.state], source: observation.source)
        groups.append(new)
        last = (observation, new)
      }
    }
    return groups
  }

  private static func cohortServices(
    _ groups: [ReferenceFrame.Groups], _ meters: SubscriptionMeters, _ frame: ReferenceFrame
  ) -> [CohortServices.Shared] {
    var found: [CohortServices.Shared] = []
    var last: Int?
    for case let cohort? in groups.lazy.map(\.cohort) where cohort != last {
      last = cohort
      if found.contains(where: { $0.cohort == cohort }) { continue }
      found.append(frame.cohortServices[cohort].shared(by: meters.services, ofCohort: cohort))
    }
    return found
  }

  /// Its services among those of a cohort; nil for one that it was never in.
  func services(sharedWithCohort cohort: Int) -> CohortServices.Shared? {
    cohortServices.first { $0.cohort == cohort }
  }

  /// Whether the landmark's numbers are those that the timeline knows.
  func belongs(to context: LandmarkContext) -> Bool { frame === context.frame }

  /// What the newest observation up to a landmark shows.
  struct Shown {
    /// How many observations there are up to the landmark; 0 before the first export.
    let observationCount: Int
    /// Its index in `history.states`.
    let state: Int
    let source: Int
    let facts: StateFacts
  }

  /// What was known on a landmark.
  ///
  /// - Returns: nil when nothing was.
  func shown(on context: LandmarkContext) -> Shown? {
    let count = observationCount(through: context.asOf)
    if count > 0 {
      let last = history.observations[count - 1]
      return Shown(
        observationCount: count, state: last.state, source: last.source, facts: facts[last.state])
    }
    guard let first = history.observations.first, let exportsFrom = context.firstExportDay,
      context.asOf < exportsFrom,
      let dated = history.states[first.state].datedFacts(on: context.asOf)
    else { return nil }
    return Shown(
      observationCount: 0, state: first.state, source: first.source, facts: StateFacts(dated))
  }

  /// The first complete export without the subscription; see `LandmarkContext.firstAbsence`.
  ///
  /// - Parameters:
  ///   - count: how many of the observations are known.
  ///   - last: the last day up to the landmark on which absence from a source means something.
  ///   - completeDays: for each source all of these days; seldom asked for.
  /// - Returns: nil while it is shown.
  @inline(__always)
  func firstAbsence(
    after count: Int, lastCompleteDay last: (_ source: Int) -> CalendarDay?,
    completeDays: @autoclosure () -> [[CalendarDay]]
  ) -> CalendarDay? {
    guard count > 0 else { return nil }
    // The usual case first: the newest export of the source shows it.
    let newest = history.observations[count - 1]
    guard let last = last(newest.source), last > newest.day else { return nil }
    return LandmarkContext.firstAbsence(
      after: history.observations[..<count], completeDays: completeDays())
  }

  /// When it last moved between partners up to a day, alone or with its customer.
  func lastTransfer(on day: CalendarDay, state: Int) -> CalendarDay? {
    let alone = transfers.isEmpty ? nil : transfers.last { $0 <= day }
    guard !customerTransfers.isEmpty else { return alone }
    let together = customerTransfers[state].last { $0 <= day }
    return alone.map { max($0, together ?? $0) } ?? together
  }

  /// How many observations were made up to `day`.
  func observationCount(through day: CalendarDay) -> Int {
    history.observations.partitionIndex { $0.day > day }
  }
}
