package import History

/// How much of what came after a landmark L has been seen, and whether its window (L, L + horizon] has.
package struct Maturity: Sendable {
  /// Exports further apart than this leave a hole in which anything may have happened, in days.
  package static let largestHoleDays = 60

  private let completeDays: [[CalendarDay]]
  private let exportDays: [[CalendarDay]]
  /// For each source: of each export day, how many holes lie between the first export and it.
  private let holesBefore: [[Int]]
  private let horizonDays: Int
  /// Grace + lag: so long after a day it is known what happened on it.
  private let waitDays: Int

  /// - Parameters:
  ///   - sources: whose exports are looked at.
  ///   - definition: its horizon and grace are waited for.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - knownThrough: exports after this day do not exist.
  package init(
    sources: [Source], definition: ChurnDefinition, lag: Int, knownThrough: CalendarDay
  ) {
    let known = sources.map { source in source.days.filter { $0.day <= knownThrough } }
    completeDays = known.map { days in days.filter(\.isComplete).map(\.day) }
    exportDays = known.map { $0.map(\.day) }
    holesBefore = exportDays.map { days in
      var count = 0
      return days.indices.map { index in
        if index > 0, days[index] - days[index - 1] > Self.largestHoleDays { count += 1 }
        return count
      }
    }
    horizonDays = definition.horizonDays
    waitDays = definition.reactivationGraceDays + lag
  }

  /// Whether a complete export of `source` on a day ≥ L + horizon + grace + lag has been seen, with no
  /// hole of more than 60 days between the exports from L to there.
  package func isMature(_ landmark: CalendarDay, source: Int) -> Bool {
    seenDays(after: landmark, source: source) >= horizonDays
  }

  /// How many days after a landmark have been seen to their end: as many as there are from L to the last
  /// complete export of `source` before the first hole of more than 60 days, less grace and lag.
  ///
  /// An incomplete export ends no window, but it is no hole either: most of it was there. Before the
  /// source's first export nothing could be seen day by day; dated facts tell what happened, so the
  /// stretch before it is no hole.
  ///
  /// - Returns: days, ≥ 0.
  package func seenDays(after landmark: CalendarDay, source: Int) -> Int {
    let (complete, exports) = (completeDays[source], exportDays[source])
    guard let first = exports.first else { return 0 }
    let start = max(landmark, first)
    let next = exports.partitionIndex { $0 > start }
    var end = start
    if next < exports.count, exports[next] - start <= Self.largestHoleDays {
      let holes = holesBefore[source]
      end = exports[holes.partitionIndex { $0 > holes[next] } - 1]
    }
    let last = complete.partitionIndex { $0 > end }
    return last > 0 ? max(0, complete[last - 1] - landmark - waitDays) : 0
  }

  /// The day since which the subscription is gone, as its rows show it; nil while it is there.
  ///
  /// The first day of the closed spell it is in, else the first complete export without it.
  func goneSince(_ history: SubscriptionHistory, through end: CalendarDay) -> CalendarDay? {
    let seen = history.observations.prefix { $0.day <= end }
    var closed: CalendarDay?
    for observation in seen.reversed() {
      let state = history.states[observation.state]
      if state.isDeprovisioned(on: observation.day) {
        closed = min(
          closed ?? observation.day, state.deprovisionedDate ?? observation.day, observation.day)
      } else if state.status == .suspended {
        closed = min(closed ?? observation.day, observation.day)
      } else if state.status == .active {
        break
      }
    }
    return closed ?? LandmarkContext.firstAbsence(after: seen, completeDays: completeDays)
  }

  /// Whether the subscription vanishes in (landmark, end]: a complete export there is the first
  /// without it, and no export up to `end` shows it again.
  func vanishes(
    _ history: SubscriptionHistory, after landmark: CalendarDay, through end: CalendarDay
  ) -> Bool {
    let seen = history.observations.prefix { $0.day <= end }
    guard let absent = LandmarkContext.firstAbsence(after: seen, completeDays: completeDays) else {
      return false
    }
    return absent > landmark && absent <= end
  }
}
