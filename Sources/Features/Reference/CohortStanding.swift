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
  ///   - observations: up to `day`, ascending, at least one.
  ///   - states: what they index.
  ///   - day: the day on which one looks.
  ///   - completeDays: for each source the days up to `day` on which absence means something.
  init?(
    _ observations: ArraySlice<Observation>, _ states: ArraySlice<SubscriptionState>,
    on day: CalendarDay, completeDays: [[CalendarDay]]
  ) {
    guard let last = observations.last else { return nil }
    let state = states[last.state]
    if state.isDeprovisioned(on: day) || state.status == .suspended {
      guard let closed = Self.closedDate(observations, states, on: day) else { return nil }
      self = .lost(since: closed)
    } else {
      guard state.status == .active,
        LandmarkContext.firstAbsence(after: observations, completeDays: completeDays) == nil
      else { return nil }
      self = .present
    }
  }

  /// When a closed subscription closed, as far as known: `deprovisionedDate`, else the first
  /// observation of the closed (or suspended) spell it is in.
  static func closedDate(
    _ observations: ArraySlice<Observation>, _ states: ArraySlice<SubscriptionState>,
    on day: CalendarDay
  ) -> CalendarDay? {
    guard let last = observations.last else { return nil }
    let state = states[last.state]
    let isDeprovisioned = state.isDeprovisioned(on: day)
    var firstSeen: CalendarDay?
    for observation in observations.reversed() {
      let seen = states[observation.state]
      let isSameSpell =
        isDeprovisioned
        ? seen.isDeprovisioned(on: observation.day) : seen.status == state.status
      guard isSameSpell else { break }
      firstSeen = observation.day
    }
    return [isDeprovisioned ? state.deprovisionedDate : nil, firstSeen].compactMap(\.self).min()
  }
}
