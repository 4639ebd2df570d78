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

  /// No lines.
  init() {}

  /// The last versions of all lines.
  ///
  /// - Parameters:
  ///   - usage: by day, then meter, then the day on which a version was known.
  ///   - meters: of the subscription.
  init(lastVersionsOf usage: UsageHistory, _ meters: SubscriptionMeters) {
    let rows = usage.count
    var days = Array(repeating: UsageHistory.earliest, count: rows)
    var lineEnds = Array(repeating: 0, count: rows)
    var places = Array(repeating: Int32(0), count: rows)
    var quantities = Array(repeating: 0.0, count: rows)
    let placeOfRow = meters.placeOfRow
    let (rowDays, rowPlaces) = (usage.days.span, placeOfRow.span)
    let rowQuantities = usage.quantities.span
    var (dayCount, lineCount) = (0, 0)
    var allDays = days.mutableSpan
    var allEnds = lineEnds.mutableSpan
    var allPlaces = places.mutableSpan
    var allQuantities = quantities.mutableSpan
    for row in 0..<rows {
      let (day, place, quantity) = (rowDays[row], rowPlaces[row], rowQuantities[row])
      let next = row + 1
      if next < rows, rowDays[next] == day, rowPlaces[next] == place { continue }
      guard quantity > 0 else { continue }
      if dayCount == 0 || allDays[dayCount - 1] != day {
        allDays[dayCount] = day
        dayCount += 1
      }
      allPlaces[lineCount] = place
      allQuantities[lineCount] = quantity
      lineCount += 1
      allEnds[dayCount - 1] = lineCount
    }
    days.removeLast(rows - dayCount)
    lineEnds.removeLast(rows - dayCount)
    places.removeLast(rows - lineCount)
    quantities.removeLast(rows - lineCount)
    (self.days, self.lineEnds) = (days, lineEnds)
    (self.places, self.quantities) = (places, quantities)
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

  /// The lines of the first `count` days.
  func prefix(_ count: Int) -> DailyUsage {
    let lines = count == 0 ? 0 : lineEnds[count - 1]
    var first = DailyUsage()
    first.days = Array(days[..<count])
    first.lineEnds = Array(lineEnds[..<count])
    first.places = Array(places[..<lines])
    first.quantities = Array(quantities[..<lines])
    return first
  }

  /// The first line of day number `index`.
  func firstLine(ofDay index: Int) -> Int { index == 0 ? 0 : lineEnds[index - 1] }

  /// The number of the first day from `day` on, among those before number `end`, by default all.
  func firstIndex(from day: CalendarDay, before end: Int? = nil) -> Int {
    let days = days.span
    var (low, high) = (0, end ?? days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
