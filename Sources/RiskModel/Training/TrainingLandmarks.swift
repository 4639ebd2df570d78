internal import Features
internal import History

/// Which observation days a model trains on.
///
/// Closer landmarks repeat the same churners with nearly the same features: they cost time and add
/// little. So days are taken from the newest mature one backwards, `every` days apart; a short
/// history gets closer ones until there are six, and one with too few rows or churners for a model
/// until there are enough, or the landmarks are a week apart.
enum TrainingLandmarks {
  static let fewest = 6
  static let closest = 7
  /// Landmarks before the first export reach back at most this far, in days.
  static let longestPast = 730

  /// How far apart landmarks are to be, in days.
  ///
  /// At most the horizon: an event between two windows would be in none. Where the horizon is no
  /// multiple of the exports' spacing, the next smaller one is taken, because landmarks are export
  /// days.
  ///
  /// - Parameters:
  ///   - every: what the recipe asks for.
  ///   - horizonDays: the length of the windows.
  ///   - exportsEvery: the median spacing of the exports, at most the horizon; nil with one export.
  /// - Returns: days, ≥ 1.
  static func spacing(_ every: Int, horizonDays: Int, exportsEvery: Int?) -> Int {
    guard every > horizonDays else { return every }
    return horizonDays - horizonDays % (exportsEvery ?? 1)
  }

  /// The spacings to try while rows are short: `spacing`, then its half and so on down to a week.
  static func spacings(from spacing: Int) -> [Int] {
    var spacings = [spacing]
    while let last = spacings.last, last > closest { spacings.append(max(closest, last / 2)) }
    return spacings
  }

  /// The landmarks among `candidates` (ascending) that are at least `every` days apart.
  static func thinned(_ candidates: [CalendarDay], every: Int) -> [CalendarDay] {
    var spacing = every
    while true {
      let days = spaced(candidates, every: spacing)
      guard days.count < fewest, spacing > closest else { return days }
      spacing = max(closest, spacing / 2)
    }
  }

  private static func spaced(_ candidates: [CalendarDay], every: Int) -> [CalendarDay] {
    var days: [CalendarDay] = []
    for day in candidates.reversed() where days.last.map({ $0 - day >= every }) ?? true {
      days.append(day)
    }
    return days.reversed()
  }

  /// Days before the first export on which dated facts can be looked at.
  ///
  /// They reach back to the first start of a subscription that had been seen by `knownThrough`.
  static func beforeExports(
    _ history: some HistorySource, first: CalendarDay, knownThrough: CalendarDay, every: Int
  ) throws -> [CalendarDay] {
    var oldest = first
    try history.forEachCustomerBatch(size: 1_000) { customers in
      for subscription in customers.flatMap(\.subscriptions) {
        guard let seen = subscription.observations.first, seen.day <= knownThrough else { continue }
        let state = subscription.states[seen.state]
        let starts = [state.effectiveStartDate, state.creationDate].compactMap(\.self)
        oldest = min(oldest, starts.min() ?? oldest)
      }
    }
    return Landmarks.beforeFirstExport(
      first, from: max(oldest + 1, first - longestPast), every: every)
  }
}
