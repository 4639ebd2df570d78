internal import History

/// Lines of usage with a quantity above 0, day by day.
struct DailyUsage: Sendable {
  /// The days with any, ascending.
  private(set) var days: [CalendarDay] = []
  /// For each day the line behind its last one.
  private(set) var lineEnds: [Int] = []
  /// The place of each line's meter in `SubscriptionMeters`.
  private(set) var places: [Int32] = []
  /// Of each line, in the unit of its meter, > 0.
  private(set) var quantities: [Double] = []

  /// One line counts at most as this many typical lines, so that a meter whose median is next to
  /// nothing cannot make a sum infinite.
  static let mostTypicalLines = 1e9

  mutating func reserveCapacity(_ lines: Int) {
    places.reserveCapacity(lines)
    quantities.reserveCapacity(lines)
  }

  /// Adds a line behind the others, unless its quantity is 0.
  mutating func append(day: CalendarDay, place: Int, quantity: Double) {
    guard quantity > 0 else { return }
    if days.last != day {
      days.append(day)
      lineEnds.append(places.count)
    }
    places.append(Int32(place))
    quantities.append(quantity)
    lineEnds[lineEnds.count - 1] += 1
  }

  /// The first line of day number `index`.
  func firstLine(ofDay index: Int) -> Int { index == 0 ? 0 : lineEnds[index - 1] }

  /// What a line counts for against the median line of its meter.
  ///
  /// - Parameters:
  ///   - quantity: > 0.
  ///   - median: of its meter; a line whose meter has none, 0, counts as one typical line.
  /// - Returns: typical lines.
  static func typicalLines(_ quantity: Double, median: Double) -> Double {
    median > 0 ? min(quantity / median, mostTypicalLines) : 1
  }

  /// The sum over the lines of a day of what they count for against the median lines of their meters.
  ///
  /// - Parameters:
  ///   - day: its number.
  ///   - meters: of the subscription.
  ///   - medians: one for each meter of the history.
  /// - Returns: typical lines, > 0.
  func typicalLines(
    ofDay day: Int, _ meters: SubscriptionMeters, _ medians: [Double]
  ) -> Double {
    var sum = 0.0
    for line in firstLine(ofDay: day)..<lineEnds[day] {
      let median = medians[Int(meters.numbers[Int(places[line])])]
      sum += Self.typicalLines(quantities[line], median: median)
    }
    return sum
  }
}
