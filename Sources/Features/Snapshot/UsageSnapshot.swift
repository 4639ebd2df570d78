package import History

/// One subscription's usage as it was known on one day.
///
/// Quantities of different meters are not addable: each is divided by its meter's median (as of the
/// same day) before the day's sum, so 1.0 reads "one typical line of usage".
///
/// ```
///   activeDays    │ settled: shared with every other landmark │ open: walked for this one │
///   quantities                          │ the longest window of a feature, added up at once │
/// ```
package struct UsageSnapshot: Sendable {
  /// Days with a quantity above 0, ascending, at most the last day whose usage counts.
  package private(set) var activeDays: [CalendarDay] = []
  /// The lines of the first `settledCount` active days, and of the others.
  private var settled = DailyUsage()
  private var settledCount = 0
  private var open = DailyUsage()
  /// Normalised quantity, > 0, of the active days from number `summedFrom` on.
  private var quantities: [Double] = []
  private var summedFrom = 0
  /// Median quantity of each meter on the landmark.
  private var meterMedians: [Double] = []

  init() {}

  /// Cuts `usage` at the landmark of `context`.
  init(_ usage: UsageHistory, at context: LandmarkContext) {
    self.init(UsageTimeline(usage), at: context, through: context.dataThrough)
  }

  /// Cuts a timeline at the landmark of `context`, with usage through `last`, at most L − lag.
  init(_ timeline: UsageTimeline, at context: LandmarkContext, through last: CalendarDay) {
    let usage = timeline.usage
    let boundary = timeline.settled(on: context.asOf, through: last)
    (settled, settledCount) = (timeline.final, boundary.activeDays)
    var row = boundary.row
    while row < usage.count, usage.days[row] <= last {
      let line = usage.line(at: row, knownOn: context.asOf, lag: context.lag)
      if let known = line.quantity {
        open.append(day: usage.days[row], meter: usage.meters[row], quantity: known)
      }
      row = line.end
    }
    activeDays = settled.days[..<settledCount] + open.days
    meterMedians = context.meterMedians
    summedFrom = activeDays.partitionIndex { $0 > last - Self.longestWindow }
    quantities = (summedFrom..<activeDays.count).map { normalizedQuantity(ofDay: $0) }
  }

  private static let longestWindow = usageWindows.max() ?? 0

  var lastDay: CalendarDay? { activeDays.last }

  private func normalizedQuantity(ofDay index: Int) -> Double {
    index < settledCount
      ? settled.typicalLines(ofDay: index, meterMedians)
      : open.typicalLines(ofDay: index - settledCount, meterMedians)
  }

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
    indices(in: window).reduce(0) { sum, index in
      sum
        + (index < summedFrom
          ? normalizedQuantity(ofDay: index) : quantities[index - summedFrom])
    }
  }

  /// Normalised quantity of the last `days` days through `day`, ≥ 0; what is not known counts as 0.
  package func quantity(overDays days: Int, through day: CalendarDay) -> Double {
    quantity(in: day - (days - 1)...day)
  }

  /// Different meters with usage inside `window`.
  func distinctMeterCount(in window: ClosedRange<CalendarDay>) -> Int {
    var meters = Set<Int32>()
    for index in indices(in: window) {
      meters.formUnion(
        index < settledCount
          ? settled.meters(ofDay: index) : open.meters(ofDay: index - settledCount))
    }
    return meters.count
  }

  /// Days from each active day to the next, in time order.
  var gaps: [Int] {
    zip(activeDays.dropFirst(), activeDays).map { later, earlier in later - earlier }
  }
}
