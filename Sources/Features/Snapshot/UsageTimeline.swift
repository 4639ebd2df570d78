internal import History

/// One subscription's usage lines, put together once for all the days from which it is looked at.
///
/// Most lines are never corrected, and most corrections come within weeks. So on a landmark all but
/// the newest days look as they will look for ever: the timeline holds those ready. A snapshot shares them
/// where nothing else counts.
///
/// ```
///   days      ├───────── settled ─────────┤── open ──┤        L
///             every version had been seen  a version is still to come, or came late
/// ```
/// What is settled on L is decided by days up to L alone (the latest `firstKnown` of all lines before),
/// so that a version which comes later makes its day open on L without telling anything.
final class UsageTimeline: Sendable {
  /// Every row, as the history gives them.
  let usage: UsageHistory
  /// The meters of all rows.
  let meters: SubscriptionMeters
  /// The last versions with a quantity above 0, by day, then meter.
  let tables: UsageTables
  private let steps: [Step]

  /// A usage day, also one whose lines were all taken back, that was completely known later than all days
  /// before it.
  private struct Step: Sendable {
    let day: CalendarDay
    let firstRow: Int
    /// The day from which on all rows up to its last are known.
    var settledFrom: CalendarDay
  }

  /// For the snapshots of the landmarks of `frame`.
  convenience init(_ usage: UsageHistory, _ frame: ReferenceFrame) {
    self.init(usage, frame.meterTraits, frame.sharedWeeks, isForSnapshots: true)
  }

  /// - Parameters:
  ///   - usage: every row.
  ///   - traits: of the history's meters.
  ///   - sharedWeeks: the weeks that many landmarks look at.
  ///   - isForSnapshots: whether what only snapshots ask for is there.
  init(
    _ usage: UsageHistory, _ traits: MeterTraits, _ sharedWeeks: SharedWeeks = SharedWeeks(),
    isForSnapshots: Bool = false
  ) {
    self.usage = usage
    meters = SubscriptionMeters(usage.meters, traits)
    steps = Self.steps(usage)
    tables = UsageTables(
      DailyUsage(lastVersionsOf: usage, meters), meters, sharedWeeks,
      isForSnapshots: isForSnapshots)
  }

  private static func steps(_ usage: UsageHistory) -> [Step] {
    let (days, firstKnown) = (usage.days.span, usage.firstKnown.span)
    var steps: [Step] = []
    var (latest, firstRow) = (UsageHistory.earliest, 0)
    for row in days.indices {
      if days[row] != days[firstRow] { firstRow = row }
      guard firstKnown[row] > latest else { continue }
      latest = firstKnown[row]
      if let last = steps.last, last.firstRow == firstRow {
        steps[steps.count - 1].settledFrom = latest
      } else {
        steps.append(Step(day: days[row], firstRow: firstRow, settledFrom: latest))
      }
    }
    return steps
  }

  /// Whether anything above 0 was known on a landmark.
  func isUsed(on context: LandmarkContext) -> Bool {
    KnownUsage(self, on: context.asOf, lag: context.lag, through: context.dataThrough).count > 0
  }

  /// What is settled on a landmark.
  struct Settled: Hashable {
    /// How many of the tables' active days.
    let activeDays: Int
    /// The first row behind them, where it is of a day that counts; else nil.
    let openFrom: Int?
  }

  /// The days that are settled on `landmark` and not later than `last`.
  func settled(on landmark: CalendarDay, through last: CalendarDay) -> Settled {
    // The usual case first: nothing was ever corrected, or all of it long ago.
    if let latest = steps.last, latest.settledFrom > landmark {
      let open = steps[steps.partitionIndex { $0.settledFrom > landmark }]
      if open.day <= last {
        return Settled(
          activeDays: tables.usage.firstIndex(from: open.day), openFrom: open.firstRow)
      }
    }
    return Settled(activeDays: tables.usage.firstIndex(from: last + 1), openFrom: nil)
  }
}
