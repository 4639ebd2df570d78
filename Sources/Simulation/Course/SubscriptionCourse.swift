internal import History

/// One Azure subscription as it lives: status, dates, mood and usage, week by week.
///
/// ```
///   notStarted ─► trial ─► active ◄──► suspended ─► deprovisioned ─► no longer listed
///                   │         ├──────────────────────────▲
///                   └─────────┼──── (trial never pays) ──┘
///                             └─► vanished   (transfer, or the commitment ended)
/// ```
struct SubscriptionCourse: Sendable {
  enum Phase: Sendable, Hashable {
    case notStarted
    case trial
    case active
    case suspended(since: CalendarDay, returns: CalendarDay?, deprovisioned: CalendarDay?)
    case deprovisioned(CalendarDay)
    case vanished(CalendarDay)
  }

  let profile: SubscriptionProfile
  private(set) var phase = Phase.notStarted
  private(set) var state = DepartureProcess.State()
  private(set) var usage: UsageCourse
  /// Number of the current paid term, from 0.
  private(set) var term = 0
  private(set) var lastRenewalDate: CalendarDay?
  /// A suspension switches auto-renew off, and a return leaves it off.
  private(set) var wasSwitchedOffBySuspension = false
  /// Days of the week last lived on which it could be used.
  private(set) var usableDays = Self.noDays
  /// Newest usage date that an export could know.
  private(set) var lastUsageDate: CalendarDay?
  private var fate: SplitMix64
  var usageChance: SplitMix64

  init(profile: SubscriptionProfile, seed: UInt64, customer: Int, sibling: Int) {
    self.profile = profile
    usage = profile.usage
    fate = SplitMix64(seed: seed, path: [4, UInt64(customer), UInt64(sibling)])
    usageChance = SplitMix64(seed: seed, path: [5, UInt64(customer), UInt64(sibling)])
  }

  var commitmentEndDate: CalendarDay? { profile.termEnd(term) }

  /// Lives the seven days that end with `export`.
  ///
  /// - Parameters:
  ///   - export: the export day.
  ///   - week: what the week holds for an active subscription.
  ///   - isWindingDown: the customer's state in this week.
  ///   - process: draws the outcome.
  /// - Returns: what happened, by day.
  mutating func advance(
    to export: CalendarDay, week: DepartureProcess.Week, isWindingDown: Bool,
    process: DepartureProcess
  ) -> [TruthEvent] {
    let previous = export - 7
    var events: [TruthEvent] = []
    usableDays = Self.noDays
    switch phase {
    case .deprovisioned, .vanished: return []
    case .notStarted: events += begin(previous: previous, export: export)
    case .trial: events += goOnTrial(previous: previous, export: export)
    case .suspended(_, let returns, let deprovisioned):
      if let returns, returns <= export {
        phase = .active
        usableDays = returns..<export + 1
        events.append(event(.reactivated, returns))
        renew(through: export)
      } else if let deprovisioned, deprovisioned <= export {
        phase = .deprovisioned(deprovisioned)
        events.append(event(.deprovisioned, deprovisioned))
      }
    case .active:
      let outcome = process.step(
        &state, isWindingDown: isWindingDown, week: week, chance: &fate)
      events += resolve(
        outcome,
        atTermEnd: week.termEnd == .fixed || (week.termEnd == .renewable && state.wantsOut),
        suspendedFirstShare: process.parameters.suspendedFirstShare, export: export)
      if phase == .active { renew(through: export) }
    }
    usage.advance(fadeWeek: state.fadeWeek, chance: &usageChance)
    return events
  }

  mutating func noteUsage(_ day: CalendarDay) {
    lastUsageDate = max(lastUsageDate ?? day, day)
  }

  private static let noDays: Range<CalendarDay> = {
    let epoch = CalendarDay(daysSinceEpoch: 0)
    return epoch..<epoch
  }()

  private mutating func begin(previous: CalendarDay, export: CalendarDay) -> [TruthEvent] {
    guard profile.start <= export else { return [] }
    let first = max(profile.start, previous + 1)
    if let trial = profile.trial, trial.conversion.map({ $0 > export }) ?? true {
      phase = .trial
    } else {
      phase = .active
      renew(through: export)
    }
    usableDays = first..<export + 1
    return []
  }

  private mutating func goOnTrial(previous: CalendarDay, export: CalendarDay) -> [TruthEvent] {
    guard let trial = profile.trial else { return [] }
    usableDays = previous + 1..<export + 1
    if let conversion = trial.conversion {
      guard conversion <= export else { return [] }
      phase = .active
      return [event(.trialConverted, conversion)]
    }
    usableDays = previous + 1..<max(previous, min(trial.end, export)) + 1
    guard trial.deprovisioned <= export else { return [] }
    phase = .deprovisioned(trial.deprovisioned)
    return [event(.trialNeverPaid, trial.deprovisioned)]
  }

  private mutating func resolve(
    _ outcome: DepartureProcess.Outcome, atTermEnd: Bool, suspendedFirstShare: Double,
    export: CalendarDay
  ) -> [TruthEvent] {
    let previous = export - 7
    var day = previous + fate.integer(in: 1...7)
    let returnsAfter = fate.integer(in: 5...28)
    let closesAfter = fate.integer(in: 30...90)
    let suspendsFirst = fate.chance(suspendedFirstShare)
    if atTermEnd, outcome == .left || outcome == .ended, let end = commitmentEndDate {
      // A term that ended during a suspension ends the subscription right after its return.
      day = max(end + 1, previous + 1)
    }
    usableDays = previous + 1..<(outcome == .stayed ? export + 1 : day)
    switch outcome {
    case .stayed:
      return []
    case .transferred:
      phase = .vanished(day)
      return [event(.transferred, day)]
    case .ended:
      phase = .vanished(day)
      return [event(.ended, day)]
    case .unpaidForAWhile:
      phase = .suspended(since: day, returns: day + returnsAfter, deprovisioned: nil)
      wasSwitchedOffBySuspension = true
      return [event(.suspended, day)]
    case .left where !suspendsFirst:
      phase = .deprovisioned(day)
      return [event(.churned, day), event(.deprovisioned, day)]
    case .left, .unpaidAndLost:
      phase = .suspended(since: day, returns: nil, deprovisioned: day + closesAfter)
      wasSwitchedOffBySuspension = true
      return [event(.churned, day), event(.suspended, day)]
    }
  }

  /// Begins the next term as often as one ended before this day, unless only one was bought.
  private mutating func renew(through export: CalendarDay) {
    guard !profile.isFixedTerm else { return }
    while let end = commitmentEndDate, end < export {
      term += 1
      lastRenewalDate = end + 1
    }
  }

  private func event(_ kind: TruthEvent.Kind, _ day: CalendarDay) -> TruthEvent {
    TruthEvent(subscriptionId: profile.id, kind: kind, day: day)
  }
}
