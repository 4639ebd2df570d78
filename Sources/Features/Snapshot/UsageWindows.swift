internal import History

/// Days and quantities of the windows that features look at, counted in one walk.
///
/// ```
///   part           6         5        4        3        2        1        0
///   days back   181…112   111…91   90…56    55…28    27…14    13…7     6…0
/// ```
/// Every window of a feature, and the window of the same length before it, is a row of parts. What lies in
/// a part is added up there alone: the difference of two running totals would carry the rounding of
/// everything before the window into it.
struct UsageWindows: Sendable {
  /// Where parts begin, in days back from the last day, and where the last one ends.
  static let bounds = [0, 7, 14, 28, 56, 91, 112, 182]
  private static let partCount = 7
  /// The part of each day back.
  private static let partOfDay: [UInt8] = (0..<182).map { day in
    UInt8(bounds.partitionIndex { $0 > day } - 1)
  }

  private var days = InlineArray<7, Int32>(repeating: 0)
  private var quantities = InlineArray<7, Double>(repeating: 0)
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
    let (dates, ends) = (usage.days.span, usage.lineEnds.span)
    let (places, lineQuantities) = (usage.places.span, usage.quantities.span)
    let meterNumbers = meters.numbers
    let medians = medians.span
    var line = usage.firstLine(ofDay: numbers.lowerBound)
    for number in numbers {
      let daysBack = last - dates[number]
      let part = Int(parts[daysBack])
      var sum = 0.0
      while line < ends[number] {
        let meter = Int(meterNumbers[Int(places[line])])
        sum += DailyUsage.typicalLines(lineQuantities[line], median: medians[meter])
        line += 1
      }
      days[part] += 1
      quantities[part] += sum
      if daysBack < 91, dates[number].weekday >= 5 { weekendDays += 1 }
    }
  }

  /// The parts of the `days` days that end `offset` days before the last one.
  private static func parts(ofDays days: Int, endingBefore offset: Int) -> Range<Int> {
    let first = bounds.partitionIndex { $0 >= offset }
    let end = bounds.partitionIndex { $0 >= offset + days }
    precondition(
      end <= partCount && bounds[first] == offset && bounds[end] == offset + days,
      "UsageWindows: no parts make \(days) days before the last \(offset)")
    return first..<end
  }

  /// Days with usage among the `count` days that end `offset` days before the last one.
  func activeDays(ofDays count: Int, endingBefore offset: Int = 0) -> Int {
    Self.parts(ofDays: count, endingBefore: offset).reduce(0) { $0 + Int(days[$1]) }
  }

  /// The quantity of these days in typical lines, ≥ 0; see `DailyUsage.typicalLines`.
  func quantity(ofDays count: Int, endingBefore offset: Int = 0) -> Double {
    Self.parts(ofDays: count, endingBefore: offset).reduce(0) { $0 + quantities[$1] }
  }
}
