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

  /// - Parameters:
  ///   - history: everything ever seen of the subscription.
  ///   - hasRhythms: whether the gaps of its usage are asked for.
  init(_ history: SubscriptionHistory, hasRhythms: Bool = false) {
    self.history = history
    usage = UsageTimeline(history.usage, hasRhythms: hasRhythms)
    let facts = history.states.map { StateFacts($0) }
    self.facts = facts
    var changes: [ObservedChanges] = []
    changes.reserveCapacity(history.observations.count)
    var so = ObservedChanges()
    for observation in history.observations {
      so.add(observation, facts[observation.state])
      changes.append(so)
    }
    self.changes = changes
  }

  /// How many observations were made up to `day`.
  func observationCount(through day: CalendarDay) -> Int {
    history.observations.partitionIndex { $0.day > day }
  }
}
