package import History

/// One subscription's usage as it was known on one day.
///
/// Quantities of different meters are not addable: each is divided by its meter's median (as of the
/// same day) before they are added, so 1.0 reads "one typical line of usage".
package struct UsageSnapshot: Sendable {
  /// The lines known.
  let known: KnownUsage
  /// The first and the last day with a quantity above 0, at most the last day whose usage counts.
  let firstDay: CalendarDay?
  let lastDay: CalendarDay?
  /// How many such days there are.
  let activeDayCount: Int
  /// The gaps between them.
  let rhythm: UsageRhythm
  /// What was used inside the windows that features look at.
  let windows: UsageWindows
  /// The last day whose usage counts.
  private let through: CalendarDay
  /// Median quantity of each meter on the landmark.
  private let meterMedians: [Double]

  /// Cuts a timeline at the landmark of `context`, with usage through `last`, at most L − lag.
  init(_ timeline: UsageTimeline, at context: LandmarkContext, through last: CalendarDay) {
    known = KnownUsage(timeline, on: context.asOf, lag: context.lag, through: last)
    firstDay = known.firstDay
    lastDay = known.lastDay
    activeDayCount = known.count
    rhythm = known.rhythm
    windows = UsageWindows(known, through: last, context.meterMedians)
    meterMedians = context.meterMedians
    through = last
  }

  /// Days with a quantity above 0, ascending.
  package var activeDays: ArraySlice<CalendarDay> { known.activeDays }

  /// Normalised quantity of the last `days` days through `day`, ≥ 0; what is not known counts as 0.
  package func quantity(overDays days: Int, through day: CalendarDay) -> Double {
    known.typicalLines(ofDays: known.indices(in: day - (days - 1)...day), meterMedians)
  }

  /// Different meters used in the last `days` days.
  func meterCount(inLast days: Int) -> Int {
    known.meterCount(ofDays: known.indices(in: through - (days - 1)...through))
  }

  /// How many gaps between active days are at least as long as `days`.
  func gapCount(atLeast days: Int) -> Int {
    (1..<max(1, activeDayCount)).count { known.day($0) - known.day($0 - 1) >= days }
  }
}
