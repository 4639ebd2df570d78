/// What was seen of a row after its time: how far one can look, and what ended it.
///
///     time 0 ──────────── event or another end ─ ─ ─ ─ seen to here ┆ not known yet
///
/// A row is exposed until its end, or as far as one can look. An end that is no event, as when somebody
/// left in another way, only takes the row out.
package struct Exposure: Sendable, Hashable {
  /// Days after the row's time that have been seen to their end, ≥ 0.
  package var seenDays: Int32
  /// The day, ≥ 1 after the row's time, on which the row ended; nil: it has not.
  package var endDay: Int32?
  /// Whether that end is the event.
  package var endsInEvent: Bool

  package init(seenDays: Int32, endDay: Int32? = nil, endsInEvent: Bool = false) {
    precondition(
      seenDays >= 0 && endDay ?? 1 >= 1 && (endDay != nil || !endsInEvent),
      "Learning: an exposure of \(seenDays) days that ends on \(endDay ?? 0)")
    self.seenDays = seenDays
    self.endDay = endDay
    self.endsInEvent = endsInEvent
  }

  /// Whether the event came within `days`.
  package func hasEvent(within days: Int) -> Bool {
    endsInEvent && endDay.map { $0 <= days } ?? false
  }

  /// The same exposure looked at earlier, when no more than `days` had been seen.
  package func cut(toSeen days: Int32) -> Exposure {
    Exposure(seenDays: max(0, min(seenDays, days)), endDay: endDay, endsInEvent: endsInEvent)
  }
}
