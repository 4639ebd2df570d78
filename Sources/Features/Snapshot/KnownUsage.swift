internal import History

/// The lines of one subscription's usage that were known on one day, by day.
///
/// ```
///   days   │ settled: shared with every other landmark │ open: walked for this one │
/// ```
struct KnownUsage: Sendable {
  /// Holds the lines of the first `settledCount` active days.
  let timeline: UsageTimeline
  let settledCount: Int
  /// The lines of the others; nil without any.
  private let open: OpenUsage?
  /// Days with a quantity above 0.
  let count: Int

  /// - Parameters:
  ///   - timeline: all lines.
  ///   - landmark: the day on which one looks.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - last: the last usage day that counts, at most `landmark` − `lag`.
  init(
    _ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int, through last: CalendarDay
  ) {
    self.timeline = timeline
    let boundary = timeline.settled(on: landmark, through: last)
    settledCount = boundary.activeDays
    open = OpenUsage.known(
      timeline, behind: boundary, on: landmark, lag: lag, through: last)
    count = settledCount + (open?.usage.days.count ?? 0)
  }

  private var settled: DailyUsage { timeline.final }

  /// The lines behind the settled days; nil without any.
  var openLines: DailyUsage? { open?.usage }

  /// The meters of the subscription's lines, also of those that were not known.
  var meters: SubscriptionMeters { timeline.meters }

  /// Day number `index` of those with a quantity above 0.
  func day(_ index: Int) -> CalendarDay {
    guard index >= settledCount, let open else { return settled.days[index] }
    return open.usage.days[index - settledCount]
  }

  var firstDay: CalendarDay? { count == 0 ? nil : day(0) }
  var lastDay: CalendarDay? { count == 0 ? nil : day(count - 1) }

  /// Days with a quantity above 0, ascending, from index 0 on.
  var activeDays: ArraySlice<CalendarDay> {
    guard let open else { return settled.days[..<settledCount] }
    return (settled.days[..<settledCount] + open.usage.days)[...]
  }

  /// The gaps between the days.
  var rhythm: UsageRhythm {
    open == nil && count < timeline.rhythms.count
      ? timeline.rhythms[count] : UsageRhythm(Array(activeDays))
  }

  /// How many gaps between the days are at least as long as `days`.
  func gapCount(atLeast days: Int) -> Int {
    guard days > 1 else { return max(0, count - 1) }
    guard open != nil || days <= rhythm.longest else { return 0 }
    var gaps = 0
    var previous: CalendarDay?
    forEachPart(ofDays: 0..<count) { usage, numbers in
      let dates = usage.days.span.extracting(numbers)
      guard let first = dates.indices.first else { return }
      if let previous, dates[first] - previous >= days { gaps += 1 }
      for index in dates.indices.dropFirst() {
        gaps += dates[index] - dates[index - 1] >= days ? 1 : 0
      }
      previous = dates[dates.count - 1]
    }
    return gaps
  }

  /// How many weeks, counted back from `last`, have any of the days.
  func activeWeeks(through last: CalendarDay) -> Int {
    var weeks = timeline.activeWeeks.count(ofDays: settledCount, through: last)
    guard let open else { return weeks }
    var newest = settledCount == 0 ? nil : (last - settled.days[settledCount - 1]) / 7
    for day in open.usage.days {
      let week = (last - day) / 7
      weeks += week == newest ? 0 : 1
      newest = week
    }
    return weeks
  }

  /// Different meters with usage on some days.
  func meterCount(ofDays days: Range<Int>) -> Int {
    var used = SmallNumbers()
    forEachPart(ofDays: days) { usage, days in
      for day in days {
        for line in usage.firstLine(ofDay: day)..<usage.lineEnds[day] {
          used.insert(Int(usage.places[line]))
        }
      }
    }
    return used.count
  }

  /// Calls `body` with the settled and with the open lines, and the numbers that those of `days` have there.
  func forEachPart(ofDays days: Range<Int>, _ body: (DailyUsage, Range<Int>) -> Void) {
    let split = min(max(days.lowerBound, settledCount), days.upperBound)
    if days.lowerBound < split { body(settled, days.lowerBound..<split) }
    if split < days.upperBound, let open {
      body(open.usage, split - settledCount..<days.upperBound - settledCount)
    }
  }

  /// Calls `body` with some days and what they count for in typical lines on a landmark: first those that are
  /// settled, then the open ones.
  func forEachPart(
    ofDays days: Range<Int>, on landmark: LandmarkContext,
    _ body: (_ dates: Span<CalendarDay>, _ quantities: Span<Double>) -> Void
  ) {
    let split = min(max(days.lowerBound, settledCount), days.upperBound)
    if days.lowerBound < split {
      let numbers = days.lowerBound..<split
      let dates = settled.days
      timeline.dayQuantities.withQuantities(ofDays: numbers, onLandmark: landmark.number) {
        body(dates.span.extracting(numbers), $0)
      }
    }
    guard split < days.upperBound, let open else { return }
    let numbers = split - settledCount..<days.upperBound - settledCount
    var quantities: [Double] = []
    open.usage.appendTypicalLines(
      ofDays: numbers, landmark.medians(ofMeters: meters), to: &quantities)
    let dates = open.usage.days
    body(dates.span.extracting(numbers), quantities.span)
  }

  /// See `ServiceLines.lastUseLevel`, of the `days` days through `last`.
  func lastUseLevel(ofDays days: Int, through last: CalendarDay) -> Double {
    timeline.services.lastUseLevel(of: self, from: firstIndex(from: last - (days - 1)))
  }

  /// The number of the first active day from `day` on.
  func firstIndex(from day: CalendarDay) -> Int {
    let index = settled.firstIndex(from: day, before: settledCount)
    guard index == settledCount, let open else { return index }
    return settledCount + open.usage.firstIndex(from: day, before: open.usage.days.count)
  }

  /// The numbers of the active days inside `window`.
  func indices(in window: ClosedRange<CalendarDay>) -> Range<Int> {
    firstIndex(from: window.lowerBound)..<firstIndex(from: window.upperBound + 1)
  }
}

/// The lines behind the settled days, as they were known on one day.
private final class OpenUsage: Sendable {
  let usage: DailyUsage

  private init(_ usage: DailyUsage) { self.usage = usage }

  /// - Returns: nil where nothing was known of them.
  static func known(
    _ timeline: UsageTimeline, behind settled: (row: Int, activeDays: Int),
    on landmark: CalendarDay, lag: Int, through last: CalendarDay
  ) -> OpenUsage? {
    var row = settled.row
    guard row < timeline.usage.count, timeline.usage.days[row] <= last else { return nil }
    let history = timeline.usage
    var usage = DailyUsage()
    while row < history.count, history.days[row] <= last {
      let line = history.line(at: row, knownOn: landmark, lag: lag)
      if let known = line.quantity {
        let place = timeline.meters.placeOfRow[row]
        usage.append(day: history.days[row], place: Int(place), quantity: known)
      }
      row = line.end
    }
    return usage.days.isEmpty ? nil : OpenUsage(usage)
  }
}
