package import History

/// One subscription's usage as it was known on one day.
///
/// Quantities of different meters are not addable: each is divided by its meter's median (as of the
/// same day) before the day's sum, so 1.0 reads "one typical line of usage".
///
/// ```
///   activeDays    │ every day known                                                         │
///   quantities                          │ the longest window of a feature, added up at once │
/// ```
package final class UsageSnapshot: Sendable {
  /// Days with a quantity above 0, ascending, at most the last day whose usage counts.
  package let activeDays: ArraySlice<CalendarDay>
  /// The lines of those days.
  let known: KnownUsage
  /// The gaps between all active days.
  let rhythm: UsageRhythm
  /// Normalised quantity, > 0, of the active days from number `summedFrom` on.
  private let quantities: [Double]
  private let summedFrom: Int
  /// Median quantity of each meter on the landmark.
  private let meterMedians: [Double]

  /// Cuts `usage` at the landmark of `context`.
  convenience init(_ usage: UsageHistory, at context: LandmarkContext) {
    self.init(UsageTimeline(usage), at: context, through: context.dataThrough)
  }

  /// Cuts a timeline at the landmark of `context`, with usage through `last`, at most L − lag.
  init(_ timeline: UsageTimeline, at context: LandmarkContext, through last: CalendarDay) {
    let known = KnownUsage(timeline, on: context.asOf, lag: context.lag, through: last)
    let activeDays = known.activeDays
    let medians = context.meterMedians
    let first = activeDays.partitionIndex { $0 > last - Self.longestWindow }
    quantities = (first..<activeDays.count).map { known.typicalLines(ofDay: $0, medians) }
    summedFrom = first
    rhythm =
      known.isSettled && known.count < timeline.rhythms.count
      ? timeline.rhythms[known.count] : UsageRhythm(Array(activeDays))
    meterMedians = medians
    self.activeDays = activeDays
    self.known = known
  }

  private static let longestWindow = usageWindows.max() ?? 0

  var lastDay: CalendarDay? { activeDays.last }

  /// The indices of the active days inside `window`.
  private func indices(in window: ClosedRange<CalendarDay>) -> Range<Int> {
    let first = activeDays.partitionIndex { $0 >= window.lowerBound }
    return first..<activeDays[first...].partitionIndex { $0 > window.upperBound }
  }

  /// The days with usage inside `window`, ascending.
  func activeDays(in window: ClosedRange<CalendarDay>) -> ArraySlice<CalendarDay> {
    activeDays[indices(in: window)]
  }

  /// Days with usage inside `window`.
  func activeDayCount(in window: ClosedRange<CalendarDay>) -> Int {
    indices(in: window).count
  }

  /// Normalised quantity inside `window`, ≥ 0.
  ///
  /// Added up inside the window alone: the difference of two running totals would carry the
  /// rounding of everything before the window into it.
  func quantity(in window: ClosedRange<CalendarDay>) -> Double {
    indices(in: window).reduce(0) { sum, index in
      sum
        + (index < summedFrom
          ? known.typicalLines(ofDay: index, meterMedians) : quantities[index - summedFrom])
    }
  }

  /// Normalised quantity of the last `days` days through `day`, ≥ 0; what is not known counts as 0.
  package func quantity(overDays days: Int, through day: CalendarDay) -> Double {
    quantity(in: day - (days - 1)...day)
  }

  /// Different meters with usage inside `window`.
  func distinctMeterCount(in window: ClosedRange<CalendarDay>) -> Int {
    var meters: [Int32] = []
    for index in indices(in: window) {
      for meter in known.meters(ofDay: index) {
        let place = meters.partitionIndex { $0 >= meter }
        if place == meters.count || meters[place] != meter { meters.insert(meter, at: place) }
      }
    }
    return meters.count
  }

  /// How many gaps between active days are at least as long as `days`.
  func gapCount(atLeast days: Int) -> Int {
    var count = 0
    for index in activeDays.indices.dropFirst()
    where activeDays[index] - activeDays[index - 1] >= days {
      count += 1
    }
    return count
  }
}
