internal import History

/// The lines of one subscription's usage that were known on one day, by day.
///
/// ```
///   days   │ settled: shared with every other landmark │ open: walked for this one │
/// ```
struct KnownUsage: Sendable {
  /// Holds the lines of the first `settledCount` active days.
  private let timeline: UsageTimeline
  private let settledCount: Int
  /// The lines of the others.
  private var open = DailyUsage()
  /// What was used of each service on all days known; empty where none is open.
  private var openTotals: [Double] = []

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
    var place = -1
    while row < usage.count, usage.days[row] <= last {
      let line = usage.line(at: row, knownOn: landmark, lag: lag)
      if let known = line.quantity {
        place = timeline.meters.place(of: usage.meters[row], after: place)
        open.append(day: usage.days[row], place: place, quantity: known)
      }
      row = line.end
    }
    if !open.days.isEmpty { addOpenTotals() }
  }

  /// Added up line by line, wherever the settled days end.
  private mutating func addOpenTotals() {
    openTotals = meters.services.indices.map {
      timeline.totals.total(ofService: $0, before: settledCount)
    }
    for line in open.places.indices {
      openTotals[Int(meters.serviceOfPlace[Int(open.places[line])])] += open.quantities[line]
    }
  }

  /// The meters of the subscription's lines, also of those that were not known.
  var meters: SubscriptionMeters { timeline.meters }

  /// Days with a quantity above 0.
  var count: Int { settledCount + open.days.count }

  /// Day number `index` of those with a quantity above 0.
  func day(_ index: Int) -> CalendarDay {
    index < settledCount ? settled.days[index] : open.days[index - settledCount]
  }

  var firstDay: CalendarDay? { count == 0 ? nil : day(0) }
  var lastDay: CalendarDay? { count == 0 ? nil : day(count - 1) }

  /// Days with a quantity above 0, ascending, from index 0 on.
  var activeDays: ArraySlice<CalendarDay> {
    open.days.isEmpty
      ? settled.days[..<settledCount] : (settled.days[..<settledCount] + open.days)[...]
  }

  /// The gaps between the days.
  var rhythm: UsageRhythm {
    open.days.isEmpty && count < timeline.rhythms.count
      ? timeline.rhythms[count] : UsageRhythm(Array(activeDays))
  }

  /// What was used of a service, by its index in `meters`, on all days known, ≥ 0.
  func total(ofService service: Int) -> Double {
    openTotals.isEmpty
      ? timeline.totals.total(ofService: service, before: settledCount) : openTotals[service]
  }

  /// Different meters with usage on some days.
  func meterCount(ofDays days: Range<Int>) -> Int {
    var isUsed = Array(repeating: false, count: meters.numbers.count)
    forEachPart(ofDays: days) { usage, days in
      for day in days {
        for line in usage.firstLine(ofDay: day)..<usage.lineEnds[day] {
          isUsed[Int(usage.places[line])] = true
        }
      }
    }
    return isUsed.count { $0 }
  }

  /// Calls `body` with the settled and with the open lines, and the numbers that those of `days` have there.
  func forEachPart(ofDays days: Range<Int>, _ body: (DailyUsage, Range<Int>) -> Void) {
    let split = min(max(days.lowerBound, settledCount), days.upperBound)
    if days.lowerBound < split { body(settled, days.lowerBound..<split) }
    if split < days.upperBound {
      body(open, split - settledCount..<days.upperBound - settledCount)
    }
  }

  /// The sum of some days in typical lines; see `DailyUsage.typicalLines`.
  ///
  /// Added up day by day, wherever the settled days end.
  func typicalLines(ofDays days: Range<Int>, _ medians: [Double]) -> Double {
    var sum = 0.0
    forEachPart(ofDays: days) { usage, days in
      for day in days { sum += usage.typicalLines(ofDay: day, meters, medians) }
    }
    return sum
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
