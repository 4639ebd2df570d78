internal import Features
package import History

/// The observation days from one day to another, at least so many days apart.
package struct LandmarkRange: Sendable, Hashable {
  package let from: CalendarDay
  package let to: CalendarDay
  /// ≥ 1.
  package let everyDays: Int

  /// - Precondition: `from` ≤ `to`, `everyDays` ≥ 1.
  package init(from: CalendarDay, to: CalendarDay, everyDays: Int) {
    precondition(from <= to && everyDays >= 1, "RiskModel: no days from \(from) to \(to)")
    self.from = from
    self.to = to
    self.everyDays = everyDays
  }

  /// The days, ascending: the first observation on or after `from`, then each next one that is at
  /// least `everyDays` later, up to `to`.
  ///
  /// - Throws: `RiskModelError` without observations, when an end of the range lies outside of the
  ///   history, and when no observation lies in the range.
  package func days(_ sources: [Source]) throws(RiskModelError) -> [CalendarDay] {
    let span = try HistorySpan(sources)
    for (option, day) in [("--from", from), ("--to", to)] where day < span.first || day > span.last
    {
      throw .rangeOutsideHistory(option: option, day, first: span.first, last: span.last)
    }
    var days: [CalendarDay] = []
    for day in Landmarks.observed(sources, through: to)
    where day >= from && days.last.map({ day - $0 >= everyDays }) ?? true {
      days.append(day)
    }
    guard !days.isEmpty else { throw .noObservationInRange(from: from, to: to) }
    return days
  }
}
