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
  ///   - facts: the state last seen.
  ///   - changes: what its observations tell.
  ///   - day: the day on which one looks.
  ///   - isAbsent: whether the exports do not show it any more; asked of active ones only.
  init?(
    _ facts: StateFacts, _ changes: ObservedChanges, on day: CalendarDay,
    isAbsent: @autoclosure () -> Bool
  ) {
    if facts.isSuspended || facts.isDeprovisioned(on: day) {
      guard let closed = Self.closedDate(facts, changes, on: day) else { return nil }
      self = .lost(since: closed)
    } else {
      guard facts.isActive, !isAbsent() else { return nil }
      self = .present
    }
  }

  /// When a closed subscription closed, as far as known: `deprovisionedDate`, else the first
  /// observation of the closed (or suspended) spell it is in.
  static func closedDate(
    _ facts: StateFacts, _ changes: ObservedChanges, on day: CalendarDay
  ) -> CalendarDay? {
    guard facts.isDeprovisioned(on: day) else { return changes.sameStatusSince }
    guard let dated = facts.deprovisionedDate else { return changes.deprovisionedSince }
    return min(dated, changes.deprovisionedSince ?? dated)
  }
}
