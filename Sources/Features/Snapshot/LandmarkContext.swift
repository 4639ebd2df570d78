package import History

/// What one landmark day means for every subscription alike: the day itself, how far usage is known,
/// and the reference statistics as of that day.
///
/// ```
///   usageFrom                       dataThrough     asOf
///   ├───────── usage known ─────────────┤── lag ──┤
/// ```
package struct LandmarkContext: Sendable {
  /// The landmark L: nothing seen later is known.
  package let asOf: CalendarDay
  /// Reporting lag in days, ≥ 0.
  package let lag: Int
  /// The last day whose usage counts: L − lag, or earlier where the usage exports end earlier.
  package private(set) var dataThrough: CalendarDay
  /// The same for each source: its last dated usage export less the lag, at most L − lag.
  ///
  /// A source whose usage was last exported a week ago has not gone silent for a week.
  package let dataThroughBySource: [CalendarDay]
  /// The first usage day of the whole history known at L; nil when no usage is known.
  package let usageFrom: CalendarDay?
  /// The newest usage day of the whole history known at L, at most L − lag; nil without usage.
  package let newestUsage: CalendarDay?
  /// Median quantity of each meter (index as in `HistorySource.meters`) as of L; 0 = never used.
  let meterMedians: [Double]
  /// Days on which absence means something, ascending, ≤ L; one list for each source.
  let completeDays: [[CalendarDay]]
  /// The first day of each source with any export (also one after L); nil without exports.
  let firstExportDay: [CalendarDay?]

  /// Usage older than this many days before L − lag is stale: then `dataThrough` stops where it ends.
  package static let staleAfterDays = 7

  /// Dated usage exports from which on a source is taken to export regularly.
  package static let fewestUsageExports = 4

  /// Whether all usage ends so long before L − lag that gaps are counted from its end instead.
  package var isStale: Bool { dataThrough < asOf - lag }

  init(
    asOf: CalendarDay, lag: Int, usageFrom: CalendarDay?, newestUsage: CalendarDay?,
    meterMedians: [Double], sources: [Source]
  ) {
    self.asOf = asOf
    self.lag = lag
    self.usageFrom = usageFrom
    self.newestUsage = newestUsage
    self.meterMedians = meterMedians
    // Without dated usage exports nothing tells when usage ends, but its own end when all is stale.
    let expected = asOf - lag
    let isStale = newestUsage.map { expected - $0 > Self.staleAfterDays } ?? false
    let end = isStale ? newestUsage ?? expected : expected
    dataThroughBySource = sources.map { source in
      let known = source.usageDays.prefix { $0 <= asOf }
      guard known.count >= Self.fewestUsageExports, let last = known.last else { return end }
      return min(end, last - lag)
    }
    dataThrough = dataThroughBySource.max() ?? end
    completeDays = sources.map { source in
      source.days.filter { $0.isComplete && $0.day <= asOf }.map(\.day)
    }
    firstExportDay = sources.map { $0.days.first?.day }
  }

  /// This landmark for the subscriptions of one source: only `dataThrough` may be earlier.
  func forSource(_ source: Int?) -> LandmarkContext {
    guard let source, dataThroughBySource[source] != dataThrough else { return self }
    var context = self
    context.dataThrough = dataThroughBySource[source]
    return context
  }

  /// The day since which every source that showed a subscription has a complete export without it.
  ///
  /// - Parameters:
  ///   - observations: the subscription's own, by day.
  ///   - completeDays: for each source the days on which absence means something, ascending.
  /// - Returns: nil while the newest complete export of one of its sources shows it, and for a
  ///   subscription that was never shown.
  static func firstAbsence(
    after observations: ArraySlice<Observation>, completeDays: [[CalendarDay]]
  ) -> CalendarDay? {
    var judged: [Int] = []
    var latest: CalendarDay?
    for observation in observations.reversed() where !judged.contains(observation.source) {
      let complete = completeDays[observation.source]
      let next = complete.partitionIndex { $0 > observation.day }
      guard next < complete.count else { return nil }
      latest = max(latest ?? complete[next], complete[next])
      judged.append(observation.source)
    }
    return latest
  }

  /// The usage window of the last `days` days up to `dataThrough`, or nil when it reaches before the
  /// first usage seen: what nobody recorded is unknown, not zero.
  func window(ofDays days: Int) -> ClosedRange<CalendarDay>? {
    window(ofDays: days, endingBefore: 0)
  }

  /// The window of `days` days that ends `offset` days before `dataThrough`.
  func window(ofDays days: Int, endingBefore offset: Int) -> ClosedRange<CalendarDay>? {
    guard let usageFrom else { return nil }
    let last = dataThrough - offset
    let first = last - (days - 1)
    return first >= usageFrom ? first...last : nil
  }
}
