package import History

/// One subscription's usage as it was known on one day.
///
/// Quantities of different meters are not addable: each is divided by its meter's median (as of the
/// same day) before the day's sum, so 1.0 reads "one typical line of usage".
package struct UsageSnapshot: Sendable {
  /// Days with a quantity above 0, ascending, at most `dataThrough`.
  package private(set) var activeDays: [CalendarDay] = []
  /// Normalised quantity of each active day, > 0.
  private(set) var quantities: [Double] = []
  /// Which meters were used on which day, by day.
  private var meterUse: [(meter: Int32, day: CalendarDay)] = []

  /// One line counts at most as this many typical lines, so that a meter whose median is next to
  /// nothing cannot make a sum infinite.
  static let mostTypicalLines = 1e9

  init() {}

  /// Cuts `usage` at the landmark of `context`.
  init(_ usage: UsageHistory, at context: LandmarkContext) {
    var row = 0
    while row < usage.count, usage.days[row] <= context.dataThrough {
      let day = usage.days[row]
      let meter = usage.meters[row]
      let line = usage.line(at: row, knownOn: context.asOf, lag: context.lag)
      row = line.end
      guard let known = line.quantity, known > 0 else { continue }
      let median = context.meterMedians[Int(meter)]
      let normalized = median > 0 ? min(known / median, Self.mostTypicalLines) : 1
      if activeDays.last == day {
        quantities[quantities.count - 1] += normalized
      } else {
        activeDays.append(day)
        quantities.append(normalized)
      }
      meterUse.append((meter, day))
    }
  }

  var lastDay: CalendarDay? { activeDays.last }

  /// The indices of the active days inside `window`.
  private func indices(in window: ClosedRange<CalendarDay>) -> Range<Int> {
    let first = activeDays.partitionIndex { $0 >= window.lowerBound }
    return first..<activeDays[first...].partitionIndex { $0 > window.upperBound }
  }

  /// Days with usage inside `window`.
  func activeDayCount(in window: ClosedRange<CalendarDay>) -> Int {
    indices(in: window).count
  }

  /// Normalised quantity inside `window`, ≥ 0.
  ///
  /// Added up inside the window alone: the difference of two running totals would carry the
  /// rounding of everything before the window into it.
  func quantity(in window: ClosedRange<CalendarDay>) -> Double {
    quantities[indices(in: window)].reduce(0, +)
  }

  /// Normalised quantity of the last `days` days through `day`, ≥ 0; what is not known counts as 0.
  package func quantity(overDays days: Int, through day: CalendarDay) -> Double {
    quantity(in: day - (days - 1)...day)
  }

  /// Different meters with usage inside `window`.
  func distinctMeterCount(in window: ClosedRange<CalendarDay>) -> Int {
    var meters = Set<Int32>()
    for use in meterUse.reversed() {
      guard use.day >= window.lowerBound else { break }
      if use.day <= window.upperBound { meters.insert(use.meter) }
    }
    return meters.count
  }

  /// Days from each active day to the next, in time order.
  var gaps: [Int] {
    zip(activeDays.dropFirst(), activeDays).map { later, earlier in later - earlier }
  }
}
