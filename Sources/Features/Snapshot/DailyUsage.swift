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
    days.reserveCapacity(lines)
    lineEnds.reserveCapacity(lines)
    places.reserveCapacity(lines)
    quantities.reserveCapacity(lines)
  }

  /// Adds a line behind the others, unless its quantity is 0.
  @inline(__always)
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

  /// The number of the first day from `day` on, among those before number `end`.
  func firstIndex(from day: CalendarDay, before end: Int) -> Int {
    days[..<end].partitionIndex { $0 >= day }
  }

  /// Adds, for each of some days, the sum over its lines of what they count for against the median lines of
  /// their meters.
  ///
  /// - Parameters:
  ///   - numbers: of the days.
  ///   - medians: one for each place; a line whose meter has none, 0, counts as one typical line.
  ///   - sums: typical lines, > 0.
  func appendTypicalLines(
    ofDays numbers: Range<Int>, _ medians: [Double], to sums: inout [Double]
  ) {
    let (ends, places, quantities) = (lineEnds.span, places.span, quantities.span)
    let medians = medians.span
    var line = numbers.isEmpty ? 0 : firstLine(ofDay: numbers.lowerBound)
    for number in numbers {
      var sum = 0.0
      while line < ends[number] {
        let median = medians[Int(places[line])]
        sum += median > 0 ? min(quantities[line] / median, Self.mostTypicalLines) : 1
        line += 1
      }
      sums.append(sum)
    }
  }
}
