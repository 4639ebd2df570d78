package import History

/// From the first to the last observation, and which day counts as today.
package struct HistorySpan: Sendable, Hashable {
  package let first: CalendarDay
  package let last: CalendarDay

  /// - Throws: `RiskModelError.noObservations` when no subscription export was imported.
  package init(_ sources: [Source]) throws(RiskModelError) {
    let days = sources.flatMap { $0.days.map(\.day) }
    guard let first = days.min(), let last = days.max() else { throw .noObservations }
    self.first = first
    self.last = last
  }

  /// The day asked for, or the newest observation.
  ///
  /// - Throws: `RiskModelError.asOfOutsideHistory` for a day on which nothing was seen yet, or after
  ///   which nothing is known.
  package func resolve(asOf day: CalendarDay?) throws(RiskModelError) -> CalendarDay {
    guard let day else { return last }
    guard day >= first, day <= last else {
      throw .asOfOutsideHistory(day, first: first, last: last)
    }
    return day
  }
}
