package import History

/// The days that a page is about, and the day on which one looks.
///
/// ```
///   firstObservation        from ├──── the period ────┤ to ≤ lastObservation ≤ asOf
///   ──────┼──────────────────────┴────────────────────┴────────┼──────▶
///   known only by dates that rows carry                        nothing later is known
/// ```
package struct PagePeriod: Sendable, Hashable {
  /// First and last day of the period, both inclusive.
  package let from, to: CalendarDay
  /// Nothing that was seen later counts.
  package let asOf: CalendarDay
  /// The first and the newest export of subscriptions up to `asOf`.
  package let firstObservation, lastObservation: CalendarDay

  /// Days of a period that nobody asked for, the last one included.
  package static let usualDays = 90

  /// - Parameters:
  ///   - from: nil = 90 days through `to`.
  ///   - to: nil = the newest observation; a later day is moved there.
  ///   - asOf: the day on which one looks; at least `firstObservation`.
  ///   - firstObservation: of any source.
  ///   - lastObservation: the newest one up to `asOf`.
  package init(
    from: CalendarDay?, to: CalendarDay?, asOf: CalendarDay, firstObservation: CalendarDay,
    lastObservation: CalendarDay
  ) {
    let last = to.map { min($0, lastObservation) } ?? lastObservation
    self.to = last
    // A period that lies after everything that is known shrinks to the last day.
    self.from = min(from ?? last - (Self.usualDays - 1), last)
    self.asOf = asOf
    self.firstObservation = firstObservation
    self.lastObservation = lastObservation
  }

  /// How many days it has, at least 1.
  package var dayCount: Int { to - from + 1 }

  func contains(_ day: CalendarDay) -> Bool { day >= from && day <= to }

  /// Whether nobody looked on any of its days.
  var isBeforeObservation: Bool { to < firstObservation }
  /// Whether nobody looked on its first days.
  var beginsBeforeObservation: Bool { from < firstObservation }

  /// The parts that figures by date are counted in: days, weeks from the first day on, or calendar months.
  var buckets: [DayBucket] { DayBucket.parts(of: from...to) }
}

/// A run of days that figures are counted in.
struct DayBucket: Sendable, Hashable {
  enum Unit: String, Sendable { case day, week, month }

  let days: ClosedRange<CalendarDay>
  let unit: Unit

  /// Longest periods by day and by week, in days.
  private static let longestByDay = 31
  private static let longestByWeek = 400

  /// `2026-11-16`, or `2026-11` for a month.
  var label: String {
    unit == .month
      ? String(days.lowerBound.description.prefix(7)) : days.lowerBound.description
  }

  static func parts(of days: ClosedRange<CalendarDay>) -> [DayBucket] {
    let unit: Unit =
      days.dayCount <= longestByDay ? .day : days.dayCount <= longestByWeek ? .week : .month
    var parts: [DayBucket] = []
    var start = days.lowerBound
    while start <= days.upperBound {
      let end =
        switch unit {
        case .day: start
        case .week: start + 6
        case .month: start.lastOfMonth
        }
      parts.append(DayBucket(days: start...min(end, days.upperBound), unit: unit))
      start = end + 1
    }
    return parts
  }
}

extension Array where Element == DayBucket {
  /// The bucket that a day lies in; nil outside of all.
  func index(of day: CalendarDay) -> Int? {
    guard let first, let last, day >= first.days.lowerBound, day <= last.days.upperBound else {
      return nil
    }
    if first.unit != .month { return (day - first.days.lowerBound) / (first.unit == .day ? 1 : 7) }
    let (from, to) = (first.days.lowerBound.civil, day.civil)
    return (to.year - from.year) * 12 + to.month - from.month
  }

  /// How many of the days lie in each bucket.
  func counts(_ days: some Sequence<CalendarDay>) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for day in days { if let index = index(of: day) { counts[index] += 1 } }
    return counts
  }
}

extension CalendarDay {
  var lastOfMonth: CalendarDay {
    let (year, month, day) = civil
    return self + (CalendarDay.length(ofMonth: month, year: year) - day)
  }

  /// `2026-11`.
  var month: String { String(description.prefix(7)) }
}
