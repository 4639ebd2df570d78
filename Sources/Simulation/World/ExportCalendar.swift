internal import History

/// The weeks of one partner tenant: week w is the seven days that end with its export day.
///
/// ```
///   week −26 … −1          0           1                 weeks − 1
///   warm-up, no exports    first       second   …        last = asOf − daysBefore
/// ```
struct ExportCalendar: Sendable {
  /// Weeks lived before the first export, so that habits, gaps and backfilled usage exist.
  static let warmUpWeeks = 26

  var weeks: Int
  var last: CalendarDay

  init(parameters: SimulationParameters, daysBefore: Int) {
    weeks = parameters.weeks
    last = parameters.asOf - daysBefore
  }

  var first: CalendarDay { exportDay(0) }
  /// −26 ..< weeks.
  var allWeeks: Range<Int> { -Self.warmUpWeeks..<weeks }

  func exportDay(_ week: Int) -> CalendarDay { last - 7 * (weeks - 1 - week) }

  /// The week whose days contain this one; may lie outside `allWeeks`.
  func week(of day: CalendarDay) -> Int {
    let daysAfterFirst = day - first
    return daysAfterFirst > 0 ? (daysAfterFirst + 6) / 7 : -(-daysAfterFirst / 7)
  }
}
