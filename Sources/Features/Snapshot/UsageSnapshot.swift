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

  /// Cuts a timeline at the landmark of `context`, with usage through `last`, at most L − lag.
  init(_ timeline: UsageTimeline, at context: LandmarkContext, through last: CalendarDay) {
    known = KnownUsage(timeline, on: context.asOf, lag: context.lag, through: last)
    firstDay = known.firstDay
    lastDay = known.lastDay
    activeDayCount = known.count
    rhythm = known.rhythm
    windows = UsageWindows(known, through: last, on: context)
    through = last
  }

  /// Days with a quantity above 0, ascending.
  package var activeDays: ArraySlice<CalendarDay> { known.activeDays }

  /// Quantity of the last `days` days in typical lines, ≥ 0; what is not known counts as 0.
  ///
  /// - Parameters:
  ///   - days: how long the window is.
  ///   - context: the landmark that the snapshot was taken on.
  /// - Returns: see `DayQuantities`.
  package func quantity(overDays days: Int, at context: LandmarkContext) -> Double {
    quantity(overDays: days, through: through, at: context)
  }

  func quantity(overDays days: Int, through day: CalendarDay, at context: LandmarkContext)
    -> Double
  {
    var sum = 0.0
    known.forEachPart(ofDays: known.indices(in: day - (days - 1)...day), on: context) {
      _, quantities in
      for index in quantities.indices { sum += quantities[index] }
    }
    return sum
  }

  /// Different meters used in the last `days` days.
  func meterCount(inLast days: Int) -> Int {
    known.meterCount(ofDays: known.indices(in: through - (days - 1)...through))
  }

  /// How much was used on the last days of use of a service in the last `days` days, against its usual day.
  func lastUseLevel(ofDays days: Int) -> Double {
    known.lastUseLevel(ofDays: days, through: through)
  }

  /// How many gaps between active days are at least as long as `days`.
  func gapCount(atLeast days: Int) -> Int { known.gapCount(atLeast: days) }

  /// How many weeks, counted back from the last day whose usage counts, have usage.
  var activeWeekCount: Int { known.activeWeeks(through: through) }
}
