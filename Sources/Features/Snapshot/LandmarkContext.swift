package import History

/// What one landmark day means for every subscription alike: the day itself, how far usage is known,
/// and the reference statistics as of that day.
///
/// ```
///   usage.from                    dataThrough     asOf
///   ├───────── usage known ───────────┤── lag ────┤
/// ```
package final class LandmarkContext: Sendable {
  /// The landmark L: nothing seen later is known.
  package let asOf: CalendarDay
  /// Reporting lag in days, ≥ 0.
  package let lag: Int
  /// From when to when the usage of the whole history is known.
  package let usage: UsageSpan
  /// The same for the subscriptions of each source.
  package let usageOfSources: [UsageSpan]
  /// Its number among the landmarks of `frame`.
  let number: Int
  /// What it shares with the other landmarks.
  package let frame: ReferenceFrame
  /// What the others do.
  let peers: Peers
  /// Events, resellers, referrals and searches.
  let surroundings: KnownSurroundings
  /// Days on which absence means something, ascending, ≤ L; one list for each source.
  let completeDays: [[CalendarDay]]
  /// The last of them of each source; nil without one.
  let lastCompleteDays: [CalendarDay?]
  /// The first day with any export of any source (also one after L); nil without exports.
  ///
  /// From that day on somebody looked: what a source that joins later tells about the days before it
  /// was not known then, so dated facts are for days before this one only.
  let firstExportDay: CalendarDay?

  /// Usage older than this many days before L − lag is stale: then `dataThrough` stops where it ends.
  package static let staleAfterDays = 7

  /// Dated usage exports from which on a source is taken to export regularly.
  package static let fewestUsageExports = 4

  /// The last day whose usage counts: L − lag, or earlier where the usage exports end earlier.
  package var dataThrough: CalendarDay { usage.through }

  /// Whether all usage ends so long before L − lag that gaps are counted from its end instead.
  package var isStale: Bool { dataThrough < asOf - lag }

  /// - Parameters:
  ///   - asOf: the landmark.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - usageDays: the first and the newest usage day known on the landmark; nil without usage.
  ///   - usageDaysOfSources: the same of the subscriptions of each source; empty = not told apart.
  ///   - frame: of the history.
  ///   - number: of the landmark in the frame.
  ///   - peers: counted on the landmark.
  ///   - surroundings: as known on the landmark.
  ///   - sources: whose exports there are, also later ones.
  init(
    asOf: CalendarDay, lag: Int, usageDays: (first: CalendarDay, newest: CalendarDay)?,
    usageDaysOfSources: [(first: CalendarDay, newest: CalendarDay)?] = [],
    frame: ReferenceFrame, number: Int = 0, peers: Peers = Peers(),
    surroundings: KnownSurroundings = KnownSurroundings(), sources: [Source]
  ) {
    self.frame = frame
    self.peers = peers
    self.surroundings = surroundings
    self.asOf = asOf
    self.lag = lag
    self.number = number
    // Without dated usage exports nothing tells when usage ends, but its own end when all is stale.
    let expected = asOf - lag
    let isStale = usageDays.map { expected - $0.newest > Self.staleAfterDays } ?? false
    let end = isStale ? usageDays?.newest ?? expected : expected
    let through = sources.map { source in
      let known = source.usageDays.prefix { $0 <= asOf }
      // A source whose usage was last exported a week ago has not gone silent for a week.
      guard known.count >= Self.fewestUsageExports, let last = known.last else { return end }
      return min(end, last - lag)
    }
    let origin = UsageOrigin(sources, on: asOf)
    usage = UsageSpan(
      from: usageDays?.first, newest: usageDays?.newest, through: through.max() ?? end)
    usageOfSources = sources.indices.map { source in
      let own = usageDaysOfSources.isEmpty ? usageDays : usageDaysOfSources[source]
      let days = origin.choice(of: source, whole: usageDays, own: own)
      return UsageSpan(from: days?.first, newest: days?.newest, through: through[source])
    }
    completeDays = sources.map { source in
      source.days.filter { $0.isComplete && $0.day <= asOf }.map(\.day)
    }
    lastCompleteDays = completeDays.map(\.last)
    firstExportDay = sources.firstExportDay
  }

  /// The same landmark as an object of its own.
  ///
  /// Threads that count references to one object wait for each other: each works with its own.
  init(copying other: LandmarkContext) {
    (asOf, lag, number) = (other.asOf, other.lag, other.number)
    (usage, usageOfSources) = (other.usage, other.usageOfSources)
    (frame, peers, surroundings) = (other.frame, other.peers, other.surroundings)
    (completeDays, firstExportDay) = (other.completeDays, other.firstExportDay)
    lastCompleteDays = other.lastCompleteDays
  }

  /// What the meters have in common.
  var meterTraits: MeterTraits { frame.meterTraits }

  /// The median quantity of each place of a subscription's meters as of L; 0 = never used.
  func medians(ofMeters meters: SubscriptionMeters) -> [Double] {
    frame.medians.medians(ofMeters: meters, onLandmark: number)
  }

  /// Days from `day` to the landmark; nil for a day still to come.
  func daysSince(_ day: CalendarDay) -> Int? { day <= asOf ? asOf - day : nil }

  /// The day since which every source that showed a subscription has a complete export without it.
  ///
  /// - Parameters:
  ///   - observations: the subscription's own, by day.
  ///   - completeDays: for each source the days on which absence means something, ascending.
  /// - Returns: nil while the newest complete export of one of its sources shows it, and for a
  ///   subscription that was never shown.
  package static func firstAbsence(
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
}
