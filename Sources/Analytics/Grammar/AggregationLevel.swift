internal import History

/// How the dates of a grouped answer are put together.
package enum AggregationLevel: String, Sendable, Hashable, CaseIterable {
  case day, week, month
  /// All dates together; the answer tells the first and the last of each group.
  case dateRange

  /// The first day of the day's bucket; weeks begin on Monday, as in ISO 8601.
  ///
  /// - Precondition: not `dateRange`, which has no buckets.
  func bucket(of day: CalendarDay) -> CalendarDay {
    switch self {
    case .day, .dateRange: day
    case .week: day - day.weekday
    case .month: day - (day.civil.day - 1)
    }
  }
}
