internal import History

/// Lines of usage with a quantity above 0, day by day.
struct DailyUsage: Sendable {
  /// The days with any, ascending.
  private(set) var days: [CalendarDay] = []
  /// The first line of each day.
  private var firstLines: [Int] = []
  private var meters: [Int32] = []
  private var quantities: [Double] = []

  /// One line counts at most as this many typical lines, so that a meter whose median is next to
  /// nothing cannot make a sum infinite.
  static let mostTypicalLines = 1e9

  /// Adds a line behind the others, unless its quantity is 0.
  mutating func append(day: CalendarDay, meter: Int32, quantity: Double) {
    guard quantity > 0 else { return }
    if days.last != day {
      days.append(day)
      firstLines.append(meters.count)
    }
    meters.append(meter)
    quantities.append(quantity)
  }

  /// The meters used on day number `index`.
  func meters(ofDay index: Int) -> ArraySlice<Int32> { meters[lines(ofDay: index)] }

  /// What was used of each meter up to every day that used it; the meters by their first day.
  var meterTotals: [MeterTotal] {
    var places: [Int32: Int] = [:]
    var totals: [MeterTotal] = []
    forEachLine(ofDays: days.indices) { day, meter, quantity in
      let meter = Int32(meter)
      if let place = places[meter] {
        totals[place].append(quantity, day: day)
      } else {
        places[meter] = totals.count
        totals.append(MeterTotal(meter: meter, day: day, quantity: quantity))
      }
    }
    return totals
  }

  /// Calls `body` with every line of some days: the number of the day, its meter and quantity, > 0.
  func forEachLine(
    ofDays days: Range<Int>, _ body: (_ day: Int, _ meter: Int, _ quantity: Double) -> Void
  ) {
    let (meters, quantities) = (meters, quantities)
    for day in days {
      for line in lines(ofDay: day) { body(day, Int(meters[line]), quantities[line]) }
    }
  }

  /// The quantity of day number `index`, > 0, each line divided by its meter's median.
  ///
  /// - Parameters:
  ///   - index: number of the day.
  ///   - medians: one for each meter; a line whose meter has none, 0, counts as one typical line.
  /// - Returns: typical lines.
  func typicalLines(ofDay index: Int, _ medians: [Double]) -> Double {
    var sum = 0.0
    for line in lines(ofDay: index) {
      let median = medians[Int(meters[line])]
      sum += median > 0 ? min(quantities[line] / median, Self.mostTypicalLines) : 1
    }
    return sum
  }

  private func lines(ofDay index: Int) -> Range<Int> {
    firstLines[index]..<(index + 1 < days.count ? firstLines[index + 1] : meters.count)
  }
}
