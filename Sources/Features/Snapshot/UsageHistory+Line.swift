internal import History

extension UsageHistory {
  /// The row behind the last version of the (day, meter) line whose first version is at `row`.
  func endOfLine(at row: Int) -> Int {
    var end = row + 1
    while end < count, days[end] == days[row], meters[end] == meters[row] { end += 1 }
    return end
  }

  /// The versions of one (day, meter) line, cut at a day.
  ///
  /// Rows come ordered by (day, meter, firstKnown), so of the versions known the last one counts.
  /// - Parameters:
  ///   - row: the line's first version.
  ///   - day: the day on which one looks; `max(usageDate + lag, firstKnown)` must not be later.
  ///   - lag: reporting lag in days.
  /// - Returns: the quantity, nil when nothing was known yet; and the row behind the last version.
  func line(at row: Int, knownOn day: CalendarDay, lag: Int) -> (quantity: Double?, end: Int) {
    let end = endOfLine(at: row)
    guard days[row] + lag <= day else { return (nil, end) }
    return ((row..<end).last { firstKnown[$0] <= day }.map { quantities[$0] }, end)
  }
}
