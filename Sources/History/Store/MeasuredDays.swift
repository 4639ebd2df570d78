/// Since when the usage analytics have a line of a day, asked for in the order of the days.
struct MeasuredDays {
  private let usage: UsageHistory
  private var next = 0
  private var last: (day: CalendarDay, firstKnown: CalendarDay?)?

  /// - Parameter usage: of one subscription.
  init(_ usage: UsageHistory) { self.usage = usage }

  /// The first day on which a line of a usage date is known, the lag aside; nil where there is none.
  mutating func firstKnown(on day: CalendarDay) -> CalendarDay? {
    if let last, last.day == day { return last.firstKnown }
    while next < usage.count, usage.days[next] < day { next += 1 }
    var first: CalendarDay?
    while next < usage.count, usage.days[next] == day {
      let known = usage.firstKnown[next]
      first = first.map { min($0, known) } ?? known
      next += 1
    }
    last = (day, first)
    return first
  }
}
