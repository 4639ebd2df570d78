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
  /// What was used in the weeks through L − lag, which can be a later day.
  let recentUse: RecentUse
  /// How much the weeks differ; see `WeeklyIndex`.
  let variation: Double
  let services: UsedServices
  /// The last day whose usage counts.
  private let through: CalendarDay

  /// - Parameters:
  ///   - known: the lines known through `last`.
  ///   - timeline: what they were known of.
  ///   - context: the landmark.
  ///   - last: the last day whose usage counts, at most L − lag.
  ///   - comparison: takes each service that was used through L − lag; nil for none.
  init(
    _ known: KnownUsage, of timeline: UsageTimeline, at context: LandmarkContext,
    through last: CalendarDay, comparedBy comparison: inout CohortComparison.Running?
  ) {
    self.known = known
    firstDay = known.firstDay
    lastDay = known.lastDay
    activeDayCount = known.count
    rhythm = known.rhythm
    let weeks = known.weeks(through: last)
    windows = UsageWindows(weeks, timeline.meters, on: context)
    let newest = context.asOf - context.lag
    let recent =
      last == newest
      ? known : KnownUsage(timeline, on: context.asOf, lag: context.lag, through: newest)
    var services = UsedServices()
    if let since = recent.firstDay {
      let weeks = last == newest ? weeks : recent.weeks(through: newest)
      let (categories, storage) = (timeline.meters.categories, timeline.meters.storageServices)
      let weekly = weeks.weeklyIndex(timeline.meters, since: since) { use in
        services.add(
          use, category: Int(categories[use.index]), isStorage: storage.contains(use.index))
        comparison?.add(use)
      }
      recentUse = RecentUse(weeks, weekly)
      variation = weekly.variation
    } else {
      (recentUse, variation) = (RecentUse(), .nan)
    }
    self.services = services
    through = last
  }

  /// Days with a quantity above 0, ascending.
  package var activeDays: ArraySlice<CalendarDay> { known.activeDays }

  /// How much was used on the last days of use of a service in the last `days` days, against its usual day.
  func lastUseLevel(ofDays days: Int) -> Double {
    known.lastUseLevel(ofDays: days, through: through)
  }

  /// How many gaps between active days are at least as long as `days`.
  func gapCount(atLeast days: Int) -> Int { known.gapCount(atLeast: days) }
}
