package import History

/// The days on which the past can be looked at as if it were today.
package enum Landmarks {
  /// Observation days: every day with a subscription export up to `asOf`, ascending.
  package static func observed(_ sources: [Source], through asOf: CalendarDay) -> [CalendarDay] {
    Set(sources.flatMap { $0.days.map(\.day) }).filter { $0 <= asOf }.sorted()
  }

  /// The median number of days between exports of one source; nil with fewer than two exports.
  ///
  /// Of an even number of gaps the upper middle one: a horizon must not be shorter than it.
  package static func medianSpacing(_ sources: [Source], through asOf: CalendarDay) -> Int? {
    let gaps = sources.flatMap { source in
      let days = source.days.map(\.day).filter { $0 <= asOf }
      return zip(days.dropFirst(), days).map { later, earlier in later - earlier }
    }.sorted()
    return gaps.isEmpty ? nil : gaps[gaps.count / 2]
  }

  /// Days before the first export, `every` days apart, on which only dated facts are known.
  ///
  /// - Parameters:
  ///   - first: the first export day; the landmarks end `every` days before it.
  ///   - from: the first day with any dated fact.
  ///   - every: days between two landmarks, at least 1.
  /// - Returns: the landmarks, ascending.
  package static func beforeFirstExport(
    _ first: CalendarDay, from: CalendarDay, every: Int
  ) -> [CalendarDay] {
    precondition(every >= 1, "Landmarks: \(every) days apart; expected at least 1")
    var days: [CalendarDay] = []
    var day = first - every
    while day >= from {
      days.append(day)
      day = day - every
    }
    return days.reversed()
  }
}
