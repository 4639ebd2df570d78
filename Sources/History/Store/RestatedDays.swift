/// How a file restates the usage of each day that the store had lines of.
///
/// The newest days of usage are restated every week, some lines of them lower than before. A day that was
/// exported before it was complete is another matter: then most of its lines fall to a part of what they were.
struct RestatedDays: Sendable {
  /// Lines that the store had, by days since 1970-01-01; empty while there are none.
  private var known: [Int32] = []
  /// Of these, lines that fell below half of what they were.
  private var emptied: [Int32] = []

  /// One emptied line of a day is an ordinary correction.
  static let fewestEmptied = 2

  /// Counts a line that the store had.
  mutating func note(_ quantity: Double, before: Double, day: Int32) {
    reserve()
    known[Int(day)] += 1
    if quantity < before / 2 { emptied[Int(day)] += 1 }
  }

  mutating func add(_ other: RestatedDays) {
    guard !other.known.isEmpty else { return }
    reserve()
    for day in known.indices {
      known[day] += other.known[day]
      emptied[day] += other.emptied[day]
    }
  }

  /// Days of which at least half of the lines fell below half, ascending.
  var emptiedDays: [CalendarDay] {
    known.indices.filter { emptied[$0] >= Self.fewestEmptied && 2 * emptied[$0] >= known[$0] }
      .map { CalendarDay(daysSinceEpoch: Int32($0)) }
  }

  private mutating func reserve() {
    guard known.isEmpty else { return }
    known = [Int32](repeating: 0, count: Int(UsageStaging.dayLimit))
    emptied = known
  }
}
