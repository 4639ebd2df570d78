internal import History

/// How a subscription counts among its like on one day.
enum CohortStanding: Sendable, Hashable {
  /// It is there and active.
  case present
  /// It is suspended or deprovisioned, since a day.
  case lost(since: CalendarDay)

  /// nil for what is neither: gone from the exports, or of a status nobody can read.
  ///
  /// - Parameters:
  ///   - timeline: the subscription's.
  ///   - count: how many of its observations were made up to `day`, at least one.
  ///   - day: the day on which one looks.
  ///   - completeDays: for each source the days up to `day` on which absence means something.
  init?(
    _ timeline: SubscriptionTimeline, _ count: Int, on day: CalendarDay,
    completeDays: [[CalendarDay]]
  ) {
    let observations = timeline.history.observations
    let facts = timeline.facts[observations[count - 1].state]
    if facts.state.isDeprovisioned(on: day) || facts.state.status == .suspended {
      guard let closed = Self.closedDate(facts.state, timeline.changes[count - 1], on: day) else {
        return nil
      }
      self = .lost(since: closed)
    } else {
      guard facts.state.status == .active,
        LandmarkContext.firstAbsence(after: observations[..<count], completeDays: completeDays)
          == nil
      else { return nil }
      self = .present
    }
  }

  /// When a closed subscription closed, as far as known: `deprovisionedDate`, else the first
  /// observation of the closed (or suspended) spell it is in.
  static func closedDate(
    _ state: SubscriptionState, _ changes: ObservedChanges, on day: CalendarDay
  ) -> CalendarDay? {
    guard state.isDeprovisioned(on: day) else { return changes.sameStatusSince }
    guard let dated = state.deprovisionedDate else { return changes.deprovisionedSince }
    return min(dated, changes.deprovisionedSince ?? dated)
  }
}
