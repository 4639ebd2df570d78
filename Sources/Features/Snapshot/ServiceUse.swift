/// What a subscription used of one service, in the unit of its meters.
struct ServiceUse {
  /// As in `MeterTraits.services`.
  let number: Int32
  /// Its index in `SubscriptionMeters.services`.
  let index: Int
  /// On all days known.
  let known: UsageWeeks.ServiceTotals
  /// In the last 91 days, ≥ 0.
  let quantity: Double
  /// In the last 28 of them, ≥ 0.
  let recentQuantity: Double
  /// On how many of the 91 days it was used.
  let days: Int32

  /// Whether it was used on at least two of the 91 days.
  var isRegular: Bool { days > 1 }
}

extension WeeksBack {
  /// Calls `body` with each service that was used on any day known, by number, and with its weeks.
  ///
  /// - Parameters:
  ///   - meters: of the subscription.
  ///   - body: the week before the last one is at `last` − 1, and so on.
  @inline(__always)
  func forEachService(
    _ meters: SubscriptionMeters,
    _ body: (_ use: ServiceUse, _ weeks: Span<Double>, _ last: Int) -> Void
  ) {
    let (allTotals, allQuantities) = (all.serviceTotals, all.serviceQuantities)
    let (totals, quantities) = (allTotals.span, allQuantities.span)
    let numbers = meters.services
    let (count, weekCount) = (all.serviceCount, all.span.count)
    for index in 0..<count {
      let known = totals[(last + 1) * count + index]
      guard known.days > 0 else { continue }
      let end = index * weekCount + last
      precondition(quantities.hasWeeks(through: end), "UsageWeeks: too few weeks")
      let use = ServiceUse(
        number: numbers[index], index: index, known: known,
        quantity: quantities.thirteenWeeks(through: end),
        recentQuantity: quantities.fourWeeks(through: end),
        days: known.days - totals[(last - 12) * count + index].days)
      body(use, quantities, end)
    }
  }
}
