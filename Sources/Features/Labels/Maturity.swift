package import History

/// Whether the window (L, L + horizon] of a landmark has been seen to its end.
package struct Maturity: Sendable {
  /// Exports further apart than this leave a hole in which anything may have happened, in days.
  package static let largestHoleDays = 60

  private let completeDays: [[CalendarDay]]
  private let exportDays: [[CalendarDay]]
  /// horizon + grace + lag.
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
    waitDays = definition.horizonDays + definition.reactivationGraceDays + lag
  }

  /// Whether a complete export of `source` on a day ≥ L + horizon + grace + lag has been seen, with no
  /// hole of more than 60 days between the exports from L to there.
  ///
  /// An incomplete export ends no window, but it is no hole either: most of it was there. Before the
  /// source's first export nothing could be seen day by day; dated facts tell what happened, so the
  /// stretch before it is no hole.
  package func isMature(_ landmark: CalendarDay, source: Int) -> Bool {
    guard let end = completeDays[source].first(where: { $0 >= landmark + waitDays }),
      let first = exportDays[source].first
    else { return false }
    var last = max(landmark, first)
    for day in exportDays[source] where day > last && day <= end {
      if day - last > Self.largestHoleDays { return false }
      last = day
    }
    return true
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
