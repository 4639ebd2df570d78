internal import Glibc

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
  let count: Int
  /// The index of each of thirteen weeks, oldest first.
  private var weeks = InlineArray<13, Double>(repeating: 0)

  /// - Parameter weeks: the full weeks since the first use of all, ≥ 0.
  init(weeks: Int = 0) { count = min(Self.mostWeeks, weeks) }

  /// Adds the weeks of a service.
  ///
  /// - Parameters:
  ///   - quantities: what was used of it, week by week.
  ///   - last: the number of the last week.
  ///   - quantity: of all thirteen, > 0.
  @inline(__always)
  mutating func add(_ quantities: Span<Double>, through last: Int, of quantity: Double) {
    let share = 1 / max(quantity, .leastNormalMagnitude)
    for week in 0..<Self.mostWeeks {
      weeks[week] += quantities.week(last - (Self.mostWeeks - 1) + week) * share
    }
  }

  /// Whether there are weeks enough to compare one with the others.
  private var isComparable: Bool { count >= Self.fewestWeeks }

  /// What was added up of a week; 0 for one that began before the first use.
  subscript(week: Int) -> Double { week < count ? weeks.span[Self.mostWeeks - 1 - week] : 0 }

  /// Of the weeks since the first use; 0 without use in them, and NaN where there are too few of them.
  private var mean: Double {
    guard isComparable else { return .nan }
    let weeks = weeks.span
    var sum = 0.0
    for week in Self.mostWeeks - count..<Self.mostWeeks { sum += weeks[week] }
    return sum / Double(count)
  }

  /// The median of all weeks but the newest.
  private var medianBefore: Double {
    // What is not there lies half below and half above all weeks, so that the middle is always the same.
    let absent = Self.mostWeeks - count
    let weeks = weeks.span
    func half(_ first: Int) -> SortedSix {
      SortedSix { index in
        let week = first + index
        if week >= absent { return weeks[week] }
        return week < absent / 2 ? -.infinity : .infinity
      }
    }
    let (lower, upper) = SortedSix.middle(half(0), half(6))
    return absent.isMultiple(of: 2) ? (lower + upper) / 2 : lower
  }

  /// ln((week 0 + ε)/(median of the weeks before + ε)), where ε is a tenth of the mean week; NaN with
  /// fewer than five weeks, or without use in them.
  var logRatioToMedian: Double {
    let mean = mean
    return mean > 0 ? log((self[0] + mean / 10) / (medianBefore + mean / 10)) : .nan
  }

  /// Standard deviation over mean, ≥ 0; NaN with fewer than five weeks, or without use in them.
  var variation: Double {
    let mean = mean
    guard mean > 0 else { return .nan }
    let weeks = weeks.span
    var squares = 0.0
    for week in Self.mostWeeks - count..<Self.mostWeeks {
      squares += (weeks[week] - mean) * (weeks[week] - mean)
    }
    return (squares / Double(count)).squareRoot() / mean
  }
}
