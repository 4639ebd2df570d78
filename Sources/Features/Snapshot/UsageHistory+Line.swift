internal import History

extension UsageHistory {
  /// The versions of one (day, meter) line, cut at a day.
  ///
  /// Rows come ordered by (day, meter, firstKnown), so of the versions known the last one counts.
  /// - Parameters:
  ///   - row: the line's first version.
  ///   - day: the day on which one looks; `max(usageDate + lag, firstKnown)` must not be later.
  ///   - lag: reporting lag in days.
  /// - Returns: the quantity, nil when nothing was known yet; and the row behind the last version.
  func line(at row: Int, knownOn day: CalendarDay, lag: Int) -> (quantity: Double?, end: Int) {
    let usageDate = days[row]
    let meter = meters[row]
    let isDue = usageDate + lag <= day
    var quantity: Double?
    var end = row
    while end < count, days[end] == usageDate, meters[end] == meter {
      if isDue, firstKnown[end] <= day { quantity = quantities[end] }
      end += 1
    }
    return (quantity, end)
  }
}
