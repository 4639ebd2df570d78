internal import History

/// Weeks that follow each other.
struct WeekSpan: Sendable {
  let firstDay: CalendarDay
  let count: Int

  /// As many weeks before the one that ends on a day as features look back.
  ///
  /// - Parameters:
  ///   - last: the last day of the last week.
  ///   - earliest: the last day of the first week that is looked at, whole weeks before `last`.
  init(through last: CalendarDay, from earliest: CalendarDay) {
    count = (last - earliest) / 7 + UsageWeeks.longest
    firstDay = last - (7 * count - 1)
  }

  /// The number of the week that ends on a day; nil for one that does not, or too early or too late a one.
  func week(endingOn day: CalendarDay) -> Int? {
    let (week, rest) = (day - firstDay + 1).quotientAndRemainder(dividingBy: 7)
    return rest == 0 && week >= UsageWeeks.longest && week <= count ? week - 1 : nil
  }
}

/// The weeks that many snapshots share, because their last days are whole weeks apart.
struct SharedWeeks: Sendable {
  let spans: [WeekSpan]

  /// - Parameter days: the last days whose usage counts, ascending; a weekday of a single one shares nothing.
  init(endingOn days: [CalendarDay] = []) {
    spans = (0..<7).compactMap { weekday in
      let ends = days.filter { $0.weekday == weekday }
      guard let first = ends.first, let last = ends.last, first < last else { return nil }
      return WeekSpan(through: last, from: first)
    }
  }
}
