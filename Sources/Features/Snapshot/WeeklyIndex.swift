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

  /// The full weeks since the first use, at most thirteen.
  private(set) var count = 0
  /// The index of each, newest first.
  private var weeks = InlineArray<13, Double>(repeating: 0)

  init() {}

  /// Weeks without use, from the first use of all on.
  init(since first: CalendarDay, through last: CalendarDay) {
    count = min(Self.mostWeeks, (last - first + 1) / 7)
  }

  /// Whether there are weeks enough to compare one with the others.
  var isComparable: Bool { count >= Self.fewestWeeks }

  /// What was added up of a week; 0 and kept at 0 for one that began before the first use.
  subscript(week: Int) -> Double {
    get { week < count ? weeks.span[week] : 0 }
    set { if week < count { weeks[week] = newValue } }
  }

  private var mean: Double {
    let weeks = weeks.span
    var sum = 0.0
    for week in 0..<count { sum += weeks[week] }
    return sum / Double(count)
  }

  /// The median of all weeks but the newest.
  private var medianBefore: Double {
    // Each week in turn goes to its place in the order, and those above it move up: always all twelve places,
    // so that there are no branches, and no place waits for another one.
    var ordered = InlineArray<12, Double>(repeating: .infinity)
    let weeks = weeks.span
    for week in 1..<Self.mostWeeks {
      let new = week < count ? weeks[week] : .infinity
      var place = 11
      while place > 0 {
        let larger = ordered[place - 1] > new ? ordered[place - 1] : new
        ordered[place] = min(ordered[place], larger)
        place -= 1
      }
      ordered[0] = min(ordered[0], new)
    }
    let middle = (count - 1) / 2
    return (count - 1).isMultiple(of: 2)
      ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
  }

  /// ln((week 0 + ε)/(median of the weeks before + ε)), where ε is a tenth of the mean week; NaN with
  /// fewer than five weeks, or without use in them.
  var logRatioToMedian: Double {
    guard isComparable else { return .nan }
    let mean = mean
    return mean > 0 ? log((weeks[0] + mean / 10) / (medianBefore + mean / 10)) : .nan
  }

  /// Standard deviation over mean, ≥ 0; NaN with fewer than five weeks, or without use in them.
  var variation: Double {
    guard isComparable else { return .nan }
    let (mean, weeks) = (mean, weeks.span)
    var squares = 0.0
    for week in 0..<count { squares += (weeks[week] - mean) * (weeks[week] - mean) }
    return mean > 0 ? (squares / Double(count)).squareRoot() / mean : .nan
  }
}
