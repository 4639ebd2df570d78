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
  let usage: UsageTimeline
  /// For each of `history.states`, what follows from it alone.
  let facts: [StateFacts]
  /// For each of `history.observations`, what all of them up to it tell.
  let changes: [ObservedChanges]
  /// For each of `history.observations`, the groups it puts the subscription in; empty without a frame.
  let groups: [ReferenceFrame.Groups]
  /// When it was transferred alone; ascending.
  let transfers: [CalendarDay]
  /// What the timeline was put together for.
  private let frame: ReferenceFrame?

  /// For the snapshots of the landmarks of `frame`.
  convenience init(_ history: SubscriptionHistory, _ frame: ReferenceFrame) {
    self.init(history, frame.meterTraits, frame: frame)
  }

  /// For what is counted of all subscriptions, which needs neither groups nor rhythms.
  convenience init(_ history: SubscriptionHistory, _ traits: MeterTraits) {
    self.init(history, traits, frame: nil)
  }

  private init(_ history: SubscriptionHistory, _ traits: MeterTraits, frame: ReferenceFrame?) {
    self.history = history
    self.frame = frame
    usage = UsageTimeline(history.usage, traits, hasRhythms: frame != nil)
    let facts = history.states.map { StateFacts($0, isForSnapshots: frame != nil) }
    self.facts = facts
    var changes: [ObservedChanges] = []
    changes.reserveCapacity(history.observations.count)
    var tracker = ChangeTracker()
    for observation in history.observations {
      tracker.add(observation, facts[observation.state])
      changes.append(tracker.changes)
    }
    self.changes = changes
    groups = frame.map { Self.groups(history.observations, facts, $0) } ?? []
    transfers = frame?.transfers[history.id] ?? []
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

  /// Whether the landmark's numbers are those that the timeline knows.
  func belongs(to context: LandmarkContext) -> Bool { frame === context.frame }

  /// How many observations were made up to `day`.
  func observationCount(through day: CalendarDay) -> Int {
    history.observations.partitionIndex { $0.day > day }
  }
}
