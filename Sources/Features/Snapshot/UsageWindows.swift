internal import History

/// Days and quantities of the windows that features look at, counted in one walk.
///
/// ```
///   part           6         5        4        3        2        1        0
///   days back   181…112   111…91   90…56    55…28    27…14    13…7     6…0
/// ```
/// Every window of a feature, and the window of the same length before it, is a row of parts. The days of a
/// part can be added up. Quantities cannot: a sum depends on where it was interrupted, by its last digits.
/// Each window adds up its own days from the first to the last, so that the same use has the same quantity,
/// whatever came before the window and wherever the landmark lies.
struct UsageWindows: Sendable {
  /// Where parts begin, in days back from the last day, and where the last one ends.
  private static let bounds = [0, 7, 14, 28, 56, 91, 112, 182]
  /// The lengths of the windows, in days: those that end on the last day, and those that end as many days
  /// before it as they are long.
  private static let recentLengths: InlineArray<6, Int> = [7, 14, 28, 56, 91, 182]
  private static let earlierLengths: InlineArray<5, Int> = [7, 14, 28, 56, 91]
  /// The part of each day back.
  private static let partOfDay: [UInt8] = (0..<182).map { day in
    UInt8(bounds.partitionIndex { $0 > day } - 1)
  }

  private var days = InlineArray<7, Int32>(repeating: 0)
  private var recentQuantities = InlineArray<6, Double>(repeating: 0)
  private var earlierQuantities = InlineArray<5, Double>(repeating: 0)
  /// Days of the last 91 that are Saturdays or Sundays.
  private(set) var weekendDays = 0

  /// - Parameters:
  ///   - known: what was known on a landmark.
  ///   - last: the last day whose usage counts.
  ///   - medians: median quantity of each meter on the landmark.
  init(_ known: KnownUsage, through last: CalendarDay, _ medians: [Double]) {
    let first = known.firstIndex(from: last - (Self.partOfDay.count - 1))
    guard first < known.count else { return }
    let meters = known.meters
    known.forEachPart(ofDays: first..<known.count) { usage, days in
      add(usage, days, through: last, meters, medians)
    }
  }

  private mutating func add(
    _ usage: DailyUsage, _ numbers: Range<Int>, through last: CalendarDay,
    _ meters: SubscriptionMeters, _ medians: [Double]
  ) {
    let parts = Self.partOfDay.span
    let (recentLengths, earlierLengths) = (Self.recentLengths, Self.earlierLengths)
    let dates = usage.days.span
    for number in numbers {
      let daysBack = last - dates[number]
      let quantity = usage.typicalLines(ofDay: number, meters, medians)
      days[Int(parts[daysBack])] += 1
      for window in recentLengths.indices {
        recentQuantities[window] += daysBack < recentLengths[window] ? quantity : 0
      }
      for window in earlierLengths.indices {
        let length = earlierLengths[window]
        earlierQuantities[window] += daysBack >= length && daysBack < 2 * length ? quantity : 0
      }
      if daysBack < 91, dates[number].weekday >= 5 { weekendDays += 1 }
    }
  }

  /// Days with usage among the `count` days that end `offset` days before the last one.
  func activeDays(ofDays count: Int, endingBefore offset: Int = 0) -> Int {
    let first = Self.bounds.partitionIndex { $0 >= offset }
    let end = Self.bounds.partitionIndex { $0 >= offset + count }
    precondition(
      end < Self.bounds.count && Self.bounds[first] == offset && Self.bounds[end] == offset + count,
      "UsageWindows: no parts make \(count) days before the last \(offset)")
    return (first..<end).reduce(0) { $0 + Int(days[$1]) }
  }

  /// The quantity of the last `count` days in typical lines, ≥ 0; see `DailyUsage.typicalLines`.
  func quantity(ofDays count: Int) -> Double {
    for window in Self.recentLengths.indices where Self.recentLengths[window] == count {
      return recentQuantities[window]
    }
    preconditionFailure("UsageWindows: no window of \(count) days")
  }

  /// The quantity of the `count` days before the last `count` days, ≥ 0.
  func quantityBefore(ofDays count: Int) -> Double {
    for window in Self.earlierLengths.indices where Self.earlierLengths[window] == count {
      return earlierQuantities[window]
    }
    preconditionFailure("UsageWindows: no window of \(count) days before another")
  }
}
