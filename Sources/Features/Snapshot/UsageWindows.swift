internal import History

/// Days and quantities of the windows that features look at, counted in one walk.
///
/// ```
///   part           6         5        4        3        2        1        0
///   days back   181…112   111…91   90…56    55…28    27…14    13…7     6…0
/// ```
/// Every window of a feature, and the window of the same length before it, is a row of parts. A sum depends
/// on where it was interrupted, by its last digits: each window adds up its own days from the first to the
/// last, so that the same use has the same quantity, whatever came before the window and wherever the
/// landmark lies.
struct UsageWindows: Sendable {
  /// One value for each window.
  private typealias OfWindows<Value> = InlineArray<6, Value>

  /// Windows of 7, 14, 28, 56, 91 and 182 days that end on the last day.
  private var days = OfWindows<Int32>(repeating: 0)
  private var quantities = OfWindows<Double>(repeating: 0)
  /// Windows of 7 to 91 days that end as many days before it.
  private var earlierDays = OfWindows<Int32>(repeating: 0)
  private var earlierQuantities = OfWindows<Double>(repeating: 0)
  /// Days of the last 91 that are Saturdays or Sundays.
  private(set) var weekendDays = 0

  /// - Parameters:
  ///   - known: what was known on a landmark.
  ///   - last: the last day whose usage counts.
  ///   - landmark: it.
  init(_ known: KnownUsage, through last: CalendarDay, on landmark: LandmarkContext) {
    let first = known.firstIndex(from: last - 181)
    guard first < known.count else { return }
    known.forEachPart(ofDays: first..<known.count, on: landmark) { dates, quantities in
      var sums = self
      var day = 0
      sums.add(dates, quantities, &day, before: last - 111, windows: 5, earlier: 4..<5)
      sums.add(dates, quantities, &day, before: last - 90, windows: 5, earlier: 3..<5)
      sums.add(dates, quantities, &day, before: last - 55, windows: 4, earlier: 3..<4)
      sums.add(dates, quantities, &day, before: last - 27, windows: 3, earlier: 2..<3)
      sums.add(dates, quantities, &day, before: last - 13, windows: 2, earlier: 1..<2)
      sums.add(dates, quantities, &day, before: last - 6, windows: 1, earlier: 0..<1)
      sums.add(dates, quantities, &day, before: last + 1, windows: 0, earlier: 0..<0)
      self = sums
    }
  }

  /// Adds the days of one part.
  ///
  /// - Parameters:
  ///   - dates: of all days.
  ///   - quantities: of all days.
  ///   - day: the first one of the part, afterwards the one behind its last.
  ///   - end: the date behind the part.
  ///   - shortest: the shortest of the windows that hold it; all longer ones do.
  ///   - earlierWindows: those of the earlier windows that hold it.
  @inline(__always)
  private mutating func add(
    _ dates: Span<CalendarDay>, _ quantities: Span<Double>, _ day: inout Int,
    before end: CalendarDay, windows shortest: Int, earlier earlierWindows: Range<Int>
  ) {
    let first = day
    while day < dates.count, dates[day] < end {
      for window in shortest..<6 { self.quantities[window] += quantities[day] }
      for window in earlierWindows { earlierQuantities[window] += quantities[day] }
      if shortest < 5, dates[day].weekday >= 5 { weekendDays += 1 }
      day += 1
    }
    let count = Int32(day - first)
    for window in shortest..<6 { days[window] += count }
    for window in earlierWindows { earlierDays[window] += count }
  }

  /// The number of the window of so many days.
  private static func window(ofDays count: Int) -> Int {
    switch count {
    case 7: 0
    case 14: 1
    case 28: 2
    case 56: 3
    case 91: 4
    case 182: 5
    default: preconditionFailure("UsageWindows: no window of \(count) days")
    }
  }

  /// Days with usage among the last `count` days, 7 to 182.
  func activeDays(ofDays count: Int) -> Int { Int(days[Self.window(ofDays: count)]) }

  /// Days with usage among the `count` days, 7 to 91, before the last `count` days.
  func activeDaysBefore(ofDays count: Int) -> Int {
    Int(earlierDays[Self.window(ofDays: count)])
  }

  /// The quantity of the last `count` days in typical lines, ≥ 0; see `DayQuantities`.
  func quantity(ofDays count: Int) -> Double { quantities[Self.window(ofDays: count)] }

  /// The quantity of the `count` days before the last `count` days, ≥ 0.
  func quantityBefore(ofDays count: Int) -> Double {
    earlierQuantities[Self.window(ofDays: count)]
  }
}
