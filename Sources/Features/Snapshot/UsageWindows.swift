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
  /// Days and typical lines of one window.
  private struct Sum: Sendable {
    var days: Int32 = 0
    var quantity = 0.0

    mutating func add(_ quantity: Double) {
      days += 1
      self.quantity += quantity
    }
  }

  /// Where each part begins, in days back from the last day, and where the oldest one ends.
  private static let bounds: InlineArray<8, Int> = [0, 7, 14, 28, 56, 91, 112, 182]
  /// Windows that end on the last day: of each part the shortest that holds it; all longer ones do.
  private static let shortestOfPart: InlineArray<7, Int> = [0, 1, 2, 3, 4, 5, 5]
  /// Windows that end as many days before the last day as they are long: of each part those that hold it.
  private static let earlierOfPart: InlineArray<7, Range<Int>> = [
    0..<0, 0..<1, 1..<2, 2..<3, 3..<4, 3..<5, 4..<5,
  ]

  /// Of 7, 14, 28, 56, 91 and 182 days.
  private var recent = InlineArray<6, Sum>(repeating: Sum())
  /// The windows before them, of 7 to 91 days.
  private var earlier = InlineArray<5, Sum>(repeating: Sum())
  /// Days of the last 91 that are Saturdays or Sundays.
  private(set) var weekendDays = 0

  /// - Parameters:
  ///   - known: what was known on a landmark.
  ///   - last: the last day whose usage counts.
  ///   - landmark: it.
  init(_ known: KnownUsage, through last: CalendarDay, on landmark: LandmarkContext) {
    let first = known.firstIndex(from: last - (Self.bounds[7] - 1))
    guard first < known.count else { return }
    known.forEachPart(ofDays: first..<known.count, on: landmark) { dates, quantities in
      add(dates, quantities, through: last)
    }
  }

  private mutating func add(
    _ dates: Span<CalendarDay>, _ quantities: Span<Double>, through last: CalendarDay
  ) {
    var (recent, earlier) = (recent, earlier)
    var part = 6
    for day in dates.indices {
      let daysBack = last - dates[day]
      while daysBack < Self.bounds[part] { part -= 1 }
      for window in Self.shortestOfPart[part]..<6 { recent[window].add(quantities[day]) }
      for window in Self.earlierOfPart[part] { earlier[window].add(quantities[day]) }
      if part < 5, dates[day].weekday >= 5 { weekendDays += 1 }
    }
    (self.recent, self.earlier) = (recent, earlier)
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
  func activeDays(ofDays count: Int) -> Int { Int(recent[Self.window(ofDays: count)].days) }

  /// Days with usage among the `count` days, 7 to 91, before the last `count` days.
  func activeDaysBefore(ofDays count: Int) -> Int {
    Int(earlier[Self.window(ofDays: count)].days)
  }

  /// The quantity of the last `count` days in typical lines, ≥ 0; see `DayQuantities`.
  func quantity(ofDays count: Int) -> Double { recent[Self.window(ofDays: count)].quantity }

  /// The quantity of the `count` days before the last `count` days, ≥ 0.
  func quantityBefore(ofDays count: Int) -> Double {
    earlier[Self.window(ofDays: count)].quantity
  }
}
