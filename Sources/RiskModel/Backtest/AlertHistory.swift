internal import History
internal import Learning

/// How early, and how steadily, lists named those who were lost.
///
/// An alert is a place among the first rows of a list, as many as somebody acts on.
package struct AlertHistory: Sendable, Hashable {
  /// The points below which a quarter, a half and three quarters lie.
  package struct Quartiles: Sendable, Hashable {
    package let lower: Double
    package let median: Double
    package let upper: Double
  }

  /// Dated events of subscriptions that stood on a list before.
  package let events: Int
  /// Those of them with an alert before the event.
  package let alertedEvents: Int
  /// Weeks from the first alert to the event; nil without an alerted event.
  package let leadWeeks: Quartiles?
  /// Of the subscriptions that were on two lists in a row and alerted on one of them at least, the
  /// share whose alert came or went; nil without such.
  package let flipRate: Double?
  /// How many such there were.
  package let flipPairs: Int

  /// One list, as far as alerts are concerned.
  struct List: Sendable {
    let origin: CalendarDay
    let everybody: Set<GUID>
    let alerted: Set<GUID>
    /// Who was lost within the horizon on a dated event.
    let events: [(id: GUID, day: CalendarDay)]
  }

  /// - Parameter lists: ascending by origin.
  init(_ lists: [List]) {
    var events: [GUID: Set<CalendarDay>] = [:]
    for list in lists {
      for event in list.events { events[event.id, default: []].insert(event.day) }
    }
    var weeks: [Double] = []
    for (id, days) in events {
      var before: CalendarDay?
      for day in days.sorted() {
        // After an event a subscription that is back begins anew.
        let first = lists.first { list in
          list.origin < day && before.map { list.origin >= $0 } ?? true && list.alerted.contains(id)
        }
        if let first { weeks.append(Double(day - first.origin) / 7) }
        before = day
      }
    }
    weeks.sort()
    self.events = events.values.reduce(0) { $0 + $1.count }
    alertedEvents = weeks.count
    leadWeeks =
      weeks.isEmpty
      ? nil
      : Quartiles(
        lower: quantile(0.25, ofSorted: weeks), median: quantile(0.5, ofSorted: weeks),
        upper: quantile(0.75, ofSorted: weeks))
    var (pairs, flips) = (0, 0)
    for (earlier, later) in zip(lists, lists.dropFirst()) {
      for id in earlier.alerted.union(later.alerted)
      where earlier.everybody.contains(id) && later.everybody.contains(id) {
        pairs += 1
        if earlier.alerted.contains(id) != later.alerted.contains(id) { flips += 1 }
      }
    }
    flipPairs = pairs
    flipRate = pairs > 0 ? Double(flips) / Double(pairs) : nil
  }
}
