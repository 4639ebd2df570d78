internal import History

/// The lines of one subscription's usage that were known on one day, by day.
///
/// ```
///   days   ├──────── first `count` of the tables ────────┤ later ones
/// ```
/// Most landmarks share the timeline's tables. Where a version of a line is still to come, the landmark has
/// tables of its own.
struct KnownUsage: Sendable {
  let tables: UsageTables
  /// Days with a quantity above 0.
  let count: Int
  /// Whether no other landmark looks at the tables.
  let areOwn: Bool

  /// - Parameters:
  ///   - timeline: all lines.
  ///   - landmark: the day on which one looks.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - last: the last usage day that counts, at most `landmark` − `lag`.
  init(
    _ timeline: UsageTimeline, on landmark: CalendarDay, lag: Int, through last: CalendarDay
  ) {
    let settled = timeline.settled(on: landmark, through: last)
    guard let first = settled.openFrom else {
      (tables, count, areOwn) = (timeline.tables, settled.activeDays, false)
      return
    }
    let history = timeline.usage
    var usage = timeline.tables.usage.prefix(settled.activeDays)
    var row = first
    while row < history.count, history.days[row] <= last {
      let line = history.line(at: row, knownOn: landmark, lag: lag)
      if let known = line.quantity {
        let place = timeline.meters.placeOfRow[row]
        usage.append(day: history.days[row], place: Int(place), quantity: known)
      }
      row = line.end
    }
    tables = UsageTables(ofOneLandmark: usage, besides: timeline.tables)
    (count, areOwn) = (usage.days.count, true)
  }

  private var usage: DailyUsage { tables.usage }

  /// The lines that only this landmark holds.
  var ownLineCount: Int { areOwn ? usage.places.count : 0 }

  var firstDay: CalendarDay? { count == 0 ? nil : usage.days[0] }
  var lastDay: CalendarDay? { count == 0 ? nil : usage.days[count - 1] }

  /// Days with a quantity above 0, ascending, from index 0 on.
  var activeDays: ArraySlice<CalendarDay> { usage.days[..<count] }

  /// The gaps between the days.
  var rhythm: UsageRhythm {
    areOwn ? UsageRhythm(usage.days) : tables.rhythms[count]
  }

  /// How many gaps between the days are at least as long as `days`.
  func gapCount(atLeast days: Int) -> Int {
    guard days > 1 else { return max(0, count - 1) }
    guard areOwn || days <= tables.rhythms[count].longest else { return 0 }
    let all = usage.days
    let dates = all.span
    var gaps = 0
    for index in 0..<max(1, count) - 1 {
      gaps += dates[index + 1] - dates[index] >= days ? 1 : 0
    }
    return gaps
  }

  /// The weeks up to the last day whose usage counts, at which the lines were cut.
  func weeks(through last: CalendarDay) -> WeeksBack {
    tables.weeks(through: last, dayCount: count)
  }

  /// See `ServiceLines.lastUseLevel`, of the `days` days through `last`.
  func lastUseLevel(ofDays days: Int, through last: CalendarDay) -> Double {
    let services = tables.services ?? ServiceLines(usage, tables.meters)
    return services.lastUseLevel(
      fromDay: usage.firstIndex(from: last - (days - 1), before: count), before: count)
  }

  /// The sum over the lines of some days of what they count for against the median lines of their meters.
  ///
  /// - Parameters:
  ///   - window: the days.
  ///   - landmark: of the medians.
  /// - Returns: typical lines, ≥ 0.
  func typicalLines(in window: ClosedRange<CalendarDay>, on landmark: LandmarkContext) -> Double {
    let first = usage.firstIndex(from: window.lowerBound, before: count)
    let end = usage.firstIndex(from: window.upperBound + 1, before: count)
    guard first < end else { return 0 }
    let medians = landmark.medians(ofMeters: tables.meters)
    return (usage.firstLine(ofDay: first)..<usage.lineEnds[end - 1]).reduce(0) { sum, line in
      let median = medians[Int(usage.places[line])]
      return sum + min(usage.quantities[line] / median, UsageWindows.mostTypicalLines)
    }
  }
}
