internal import History

/// The lines of one subscription's usage that were known on one day, by day.
///
/// ```
///   days   │ settled: shared with every other landmark │ open: walked for this one │
/// ```
struct KnownUsage: Sendable {
  /// Holds the lines of the first `settledCount` active days.
  private let timeline: UsageTimeline
  private(set) var settledCount = 0
  /// The lines of the others.
  private var open = DailyUsage()

  private var settled: DailyUsage { timeline.final }

  /// - Parameters:
  ///   - timeline: all lines.
  ///   - landmark: the day on which one looks.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - last: the last usage day that counts, at most `landmark` − `lag`.
  init(
    _ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int, through last: CalendarDay
  ) {
    self.timeline = timeline
    let usage = timeline.usage
    let boundary = timeline.settled(on: landmark, through: last)
    settledCount = boundary.activeDays
    var row = boundary.row
    while row < usage.count, usage.days[row] <= last {
      let line = usage.line(at: row, knownOn: landmark, lag: lag)
      if let known = line.quantity {
        open.append(day: usage.days[row], meter: usage.meters[row], quantity: known)
      }
      row = line.end
    }
  }

  /// Whether every day known is settled.
  var isSettled: Bool { open.days.isEmpty }

  /// Days with a quantity above 0.
  var count: Int { settledCount + open.days.count }

  /// Day number `index` of those with a quantity above 0.
  func day(_ index: Int) -> CalendarDay {
    index < settledCount ? settled.days[index] : open.days[index - settledCount]
  }

  /// Days with a quantity above 0, ascending, from index 0 on.
  var activeDays: ArraySlice<CalendarDay> {
    open.days.isEmpty
      ? settled.days[..<settledCount] : (settled.days[..<settledCount] + open.days)[...]
  }

  /// The meters used on day number `index`.
  func meters(ofDay index: Int) -> ArraySlice<Int32> {
    index < settledCount
      ? settled.meters(ofDay: index) : open.meters(ofDay: index - settledCount)
  }

  /// What was used of each meter on all days known, > 0; the meters by their first day.
  ///
  /// Added up day by day, wherever the settled days end.
  var meterTotals: [(meter: Int32, quantity: Double)] {
    var totals: [(meter: Int32, quantity: Double)] = []
    for total in timeline.meterTotals {
      guard total.firstDay < settledCount else { break }
      totals.append((total.meter, total.quantity(before: settledCount)))
    }
    open.forEachLine(ofDays: open.days.indices) { _, meter, quantity in
      if let place = totals.firstIndex(where: { $0.meter == meter }) {
        totals[place].quantity += quantity
      } else {
        totals.append((Int32(meter), quantity))
      }
    }
    return totals
  }

  /// Calls `body` with every line of some days: the number of the day, its meter and quantity, > 0.
  func forEachLine(
    ofDays days: Range<Int>, _ body: (_ day: Int, _ meter: Int, _ quantity: Double) -> Void
  ) {
    let split = min(max(days.lowerBound, settledCount), days.upperBound)
    settled.forEachLine(ofDays: days.lowerBound..<split, body)
    guard split < days.upperBound else { return }
    let shift = settledCount
    open.forEachLine(ofDays: split - shift..<days.upperBound - shift) { day, meter, quantity in
      body(day + shift, meter, quantity)
    }
  }

  /// The quantity of day number `index` in typical lines; see `DailyUsage.typicalLines`.
  func typicalLines(ofDay index: Int, _ medians: [Double]) -> Double {
    index < settledCount
      ? settled.typicalLines(ofDay: index, medians)
      : open.typicalLines(ofDay: index - settledCount, medians)
  }

  /// The number of the first active day from `day` on.
  func firstIndex(from day: CalendarDay) -> Int {
    let index = settled.days[..<settledCount].partitionIndex { $0 >= day }
    return index < settledCount
      ? index : settledCount + open.days.partitionIndex { $0 >= day }
  }

  /// The numbers of the active days inside `window`.
  func indices(in window: ClosedRange<CalendarDay>) -> Range<Int> {
    firstIndex(from: window.lowerBound)..<firstIndex(from: window.upperBound + 1)
  }
}
