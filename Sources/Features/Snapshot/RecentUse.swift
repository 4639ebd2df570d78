internal import History

/// What a subscription used in the 91 days through L − lag, against its own weeks.
///
/// The same weeks make the numbers of one subscription and, added up, those of all others, so that both
/// speak of the same days. Where all usage ends earlier, it ends for everyone, and a comparison of one
/// with the others stays fair.
struct RecentUse: Sendable {
  /// Days with usage among the last 28.
  let activeDays: Int32
  /// How the last week compares with the usual one; see `WeeklyIndex.logRatioToMedian`.
  let weekChange: Double

  /// No use.
  init() { (activeDays, weekChange) = (0, .nan) }

  /// - Parameters:
  ///   - weeks: what was known on L, through L − lag.
  ///   - weekly: of these weeks.
  init(_ weeks: WeeksBack, _ weekly: WeeklyIndex) {
    activeDays = weeks.activeDays(ofWeeks: 4)
    weekChange = weekly.logRatioToMedian
  }
}

extension WeeksBack {
  /// The subscription's index of the last thirteen weeks.
  ///
  /// - Parameters:
  ///   - meters: of the subscription.
  ///   - first: the first day with usage of all known.
  ///   - body: is called with each service that was ever used, by number.
  /// - Returns: the index.
  @inline(__always)
  func weeklyIndex(
    _ meters: SubscriptionMeters, since first: CalendarDay, _ body: (ServiceUse) -> Void
  ) -> WeeklyIndex {
    var weekly = WeeklyIndex(weeks: (all.span.firstDay + 7 * (last + 1) - first) / 7)
    forEachService(meters) { use, quantities, last in
      body(use)
      if use.quantity > 0 { weekly.add(quantities, through: last, of: use.quantity) }
    }
    return weekly
  }
}
