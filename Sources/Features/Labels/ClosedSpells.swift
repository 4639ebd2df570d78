package import History

/// Follows the rows of one subscription from one closed spell to the next.
///
/// ```
///            SUSPENDED            DEPROVISIONED
///   open ──────────────▶ suspended ──────────────▶ deprovisioned
///    ▲ ◀───── ACTIVE ────────┘                          │
///    └─────── ACTIVE ───────────────────────────────────┘
/// ```
/// A status nobody can read changes nothing, and SUSPENDED after DEPROVISIONED is no new event.
package struct ClosedSpells: Sendable {
  /// What a row begins.
  package enum Beginning: Sendable, Hashable {
    case suspended
    /// With the day on which it counts.
    case deprovisioned(CalendarDay)
  }

  private enum Spell: Sendable { case open, suspended, deprovisioned }

  private var spell = Spell.open
  /// The row that ended the last closed spell.
  private var reopenedOn: CalendarDay?

  /// Before the first row: open.
  package init() {}

  /// Takes the next row, and says what spell begins with it.
  package mutating func enter(_ state: SubscriptionState, on day: CalendarDay) -> Beginning? {
    if state.isDeprovisioned(on: day) {
      guard spell != .deprovisioned else { return nil }
      spell = .deprovisioned
      let dated = min(state.deprovisionedDate ?? day, day)
      // A date of an earlier spell that was left standing does not date this one.
      return .deprovisioned(reopenedOn.map { dated <= $0 } ?? false ? day : dated)
    }
    switch (state.status, spell) {
    case (.suspended, .open):
      spell = .suspended
      return .suspended
    case (.active, .suspended), (.active, .deprovisioned):
      (spell, reopenedOn) = (.open, day)
      return nil
    default: return nil
    }
  }
}

extension SubscriptionState {
  /// Whether the row says that the subscription is suspended or deprovisioned, but not since when.
  package func isClosedUndated(on day: CalendarDay) -> Bool {
    if let dated = deprovisionedDate, dated <= day { return false }
    return status == .suspended || status == .deprovisioned
  }
}
