internal import History

/// One subscription's usage lines, put together once for all the days from which it is looked at.
///
/// Most lines are never corrected, and most corrections come within weeks. So on a landmark all but
/// the newest days look as they will look for ever: the timeline holds those ready, and a snapshot
/// walks only the lines behind them.
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
  /// The last versions with a quantity above 0, by day, then meter.
  let final: DailyUsage
  /// The meters of all rows.
  let meters: SubscriptionMeters
  /// The lines of `final` by service.
  let services: ServiceLines
  private let days: [Day]

  /// A usage day, also one whose lines were all taken back.
  private struct Day: Sendable {
    let day: CalendarDay
    let firstRow: Int32
    /// How many active days of `final` come before it.
    let activeBefore: Int32
    /// The day from which on all rows up to its last are known.
    var settledFrom: CalendarDay
  }

  // What only snapshots ask for; else empty.

  /// The rhythm of the first k active days of `final`, for every k.
  let rhythms: [UsageRhythm]
  /// The weeks of the first k active days of `final`, for every k.
  let activeWeeks: ActiveWeeks
  /// The lines of `final` by meter.
  let meterLines: MeterLineCounts?
  /// What the days of `final` count for.
  let dayQuantities: DayQuantities

  /// For the snapshots of the landmarks of `frame`.
  convenience init(_ usage: UsageHistory, _ frame: ReferenceFrame) {
    self.init(usage, frame.meterTraits, medians: frame.medians)
  }

  /// - Parameters:
  ///   - usage: every row.
  ///   - traits: of the history's meters.
  ///   - medians: of these meters on the landmarks of snapshots; nil without snapshots.
  init(_ usage: UsageHistory, _ traits: MeterTraits, medians: MeterMedians? = nil) {
    self.usage = usage
    meters = SubscriptionMeters(usage.meters, traits)
    var final = DailyUsage()
    final.reserveCapacity(usage.count)
    var days: [Day] = []
    days.reserveCapacity(usage.count)
    let (rowDays, places) = (usage.days.span, meters.placeOfRow)
    let (quantities, firstKnown) = (usage.quantities.span, usage.firstKnown.span)
    var latest = UsageHistory.earliest
    var row = 0
    while row < rowDays.count {
      let (day, place) = (rowDays[row], places[row])
      if row == 0 || rowDays[row - 1] != day {
        days.append(
          Day(
            day: day, firstRow: Int32(row), activeBefore: Int32(final.days.count),
            settledFrom: latest))
      }
      repeat {
        latest = max(latest, firstKnown[row])
        row += 1
      } while row < rowDays.count && rowDays[row] == day && places[row] == place
      days[days.count - 1].settledFrom = latest
      final.append(day: day, place: Int(place), quantity: quantities[row - 1])
    }
    self.final = final
    self.days = days
    services = ServiceLines(final, meters, isForSnapshots: medians != nil)
    rhythms = medians == nil ? [] : UsageRhythm.ofPrefixes(final.days)
    activeWeeks = ActiveWeeks(medians == nil ? [] : final.days)
    meterLines = medians == nil ? nil : MeterLineCounts(final, meters)
    dayQuantities = DayQuantities(final, meters, medians ?? MeterMedians())
  }

  /// Whether anything above 0 was known on a landmark.
  func isUsed(on context: LandmarkContext) -> Bool {
    KnownUsage(self, on: context.asOf, lag: context.lag, through: context.dataThrough).count > 0
  }

  /// Where the days end that are settled on `landmark` and not later than `last`.
  ///
  /// - Returns: the first row behind them, and how many active days of `final` are among them.
  func settled(on landmark: CalendarDay, through last: CalendarDay) -> (row: Int, activeDays: Int) {
    // The usual case first: nothing was ever corrected, or all of it long ago.
    let isSettled = days.last.map { $0.settledFrom <= landmark } ?? true
    let known = isSettled ? days.count : days.partitionIndex { $0.settledFrom > landmark }
    let count = min(known, days.partitionIndex { $0.day > last })
    guard count < days.count else { return (usage.count, final.days.count) }
    return (Int(days[count].firstRow), Int(days[count].activeBefore))
  }
}
