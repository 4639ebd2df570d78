internal import Glibc
internal import History

/// Use week by week, in a unit that quantities of different meters share.
///
/// ```
///   index(w) = Σ over services of quantity in week w / quantity in all weeks
/// ```
/// Each service counts alike, by how its own use spreads over the weeks: no unit, price or size is
/// compared with another. Week 0 is that of the last seven days.
struct WeeklyIndex: Sendable {
  /// Thirteen weeks are 91 days.
  static let mostWeeks = 13
  /// Fewer weeks since the first use say nothing about what is usual.
  static let fewestWeeks = 5

  /// The index of each full week since the first use, at most thirteen, newest first.
  private(set) var weeks: [Double] = []

  init() {}

  /// Weeks without use, from the first use of all on.
  init(since first: CalendarDay, through last: CalendarDay) {
    weeks = Array(repeating: 0, count: min(Self.mostWeeks, (last - first + 1) / 7))
  }

  /// Adds to a week; one that began before the first use is not looked at.
  mutating func add(_ share: Double, week: Int) {
    if week < weeks.count { weeks[week] += share }
  }

  /// ln((week 0 + ε)/(median of the weeks before + ε)), where ε is a tenth of the mean week; nil with
  /// fewer than five weeks, or without use in them.
  var logRatioToMedian: Double? {
    guard weeks.count >= Self.fewestWeeks else { return nil }
    let mean = weeks.reduce(0, +) / Double(weeks.count)
    guard mean > 0 else { return nil }
    let before = weeks.dropFirst().sorted()
    let middle = before.count / 2
    let median =
      before.count.isMultiple(of: 2) ? (before[middle - 1] + before[middle]) / 2 : before[middle]
    return log((weeks[0] + mean / 10) / (median + mean / 10))
  }

  /// Standard deviation over mean, ≥ 0; nil with fewer than five weeks, or without use in them.
  var variation: Double? {
    guard weeks.count >= Self.fewestWeeks else { return nil }
    let mean = weeks.reduce(0, +) / Double(weeks.count)
    guard mean > 0 else { return nil }
    let squares = weeks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(weeks.count)).squareRoot() / mean
  }
}
