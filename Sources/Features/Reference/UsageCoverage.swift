package import History

/// On which days anybody's usage was seen, and so where a silence says nothing.
///
/// A day without a line of anyone is no day on which everyone was silent: an export is missing. How
/// many such days are odd depends on the history: a large partner has usage every day, a small one
/// perhaps once a week. So the history's own rhythm decides:
///
/// ```
///   step   days from one day with usage of anyone to the next
///   usual  95 of 100 steps are no longer than this
///   hole   a step of twice the usual or more: one whole usual step, at least, is not there
/// ```
/// With usage every day (usual = 1) a single missing day is a hole; with usage once a week
/// (usual = 7) a week must be missing. A history of fewer than twenty steps has no hole, because its
/// longest step is the usual one: too little is known to call anything odd, and calling every silence
/// a hole would leave a small history without any label.
package struct UsageCoverage: Sendable {
  /// The share of the steps that the usual step is not shorter than.
  static let usualShare = 0.95

  /// The first and the newest day with usage.
  package let first: CalendarDay
  package let newest: CalendarDay
  /// The usual step in days, ≥ 1.
  package let usualStep: Int
  /// The last days with usage before a hole, and the first ones after it; ascending.
  private let holes: [(last: CalendarDay, next: CalendarDay)]

  /// Fails without any day.
  ///
  /// - Parameter days: the days with usage, ascending, without duplicates.
  init?(_ days: [CalendarDay]) {
    guard let first = days.first, let newest = days.last else { return nil }
    self.first = first
    self.newest = newest
    let steps = zip(days.dropFirst(), days).map { later, earlier in later - earlier }
    let ordered = steps.sorted()
    let covered = (Self.usualShare * Double(ordered.count)).rounded(.up)
    let usual = ordered.isEmpty ? 1 : ordered[Int(covered) - 1]
    usualStep = usual
    holes = steps.indices.filter { steps[$0] >= 2 * usual }.map { index in
      (last: days[index], next: days[index + 1])
    }
  }

  /// Whether all of `window` has been seen: usage begins before it, reaches to its end, and no hole
  /// lies in it.
  package func covers(_ window: ClosedRange<CalendarDay>) -> Bool {
    guard first <= window.lowerBound, newest >= window.upperBound else { return false }
    // The first hole that ends behind the window's start is the only one that can reach into it
    // without another one doing so too.
    let next = holes.partitionIndex { $0.next > window.lowerBound }
    return next == holes.count || holes[next].last >= window.upperBound
  }
}
