internal import History

/// In how many weeks the first k active days lie, for every k and whichever day of the week ends a week.
///
/// ```
///   weeks end on      Mo Tu We Th Fr Sa Su
///   We 2025-01-01      1  1  1  1  1  1  1
///   Fr 2025-01-03      1  1  2  2  1  1  1     where a week ended on one of the days between them
/// ```
struct ActiveWeeks: Sendable {
  /// Day by day, one count for each day of the week.
  private var counts: [InlineArray<7, Int32>] = []

  /// - Parameter days: ascending.
  init(_ days: [CalendarDay]) {
    counts.reserveCapacity(days.count)
    var present = InlineArray<7, Int32>(repeating: 1)
    var previous = days.first
    for day in days {
      if let previous {
        // A week ended on each of the days from the one before on.
        let weekday = previous.weekday
        for ended in weekday..<weekday + min(day - previous, 7) {
          present[ended < 7 ? ended : ended - 7] += 1
        }
      }
      counts.append(present)
      previous = day
    }
  }

  /// How many of the weeks that are counted back from `last` have any of the first `count` days.
  func count(ofDays count: Int, through last: CalendarDay) -> Int {
    count == 0 ? 0 : Int(counts[count - 1][last.weekday])
  }
}
