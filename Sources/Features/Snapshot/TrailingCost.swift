internal import History

/// What a subscription cost inside a window, in one currency.
package struct TrailingCost: Sendable, Hashable {
  /// Credits are taken off.
  package let amount: Double
  /// ISO 4217; `XXX` when the exports name none.
  package let currency: String
}

extension SubscriptionSnapshot {
  /// What the subscription cost in the `days` days through `usageSpan.through`, as known on the landmark.
  ///
  /// Costs of different currencies are never added: the one with the most lines counts, of several the
  /// first by name.
  ///
  /// - Parameters:
  ///   - days: how long the window is.
  ///   - context: the landmark that the snapshot was taken on.
  /// - Returns: nil when no line of the window has a cost.
  package func cost(overDays days: Int, at context: LandmarkContext) -> TrailingCost? {
    billed?.cost(in: usageSpan.through - (days - 1)...usageSpan.through, at: context)
  }
}

extension UsageHistory {
  func cost(
    in window: ClosedRange<CalendarDay>, at context: LandmarkContext
  ) -> TrailingCost? {
    let currencies = context.frame.meterCurrencies
    var sums: [(currency: Int32, amount: Double, lines: Int)] = []
    var row = days.partitionIndex { $0 >= window.lowerBound }
    let last = min(window.upperBound, context.asOf - context.lag)
    let (days, meters) = (days.span, meters.span)
    let (firstKnown, costs) = (firstKnown.span, costs.span)
    while row < days.count, days[row] <= last {
      let (day, meter) = (days[row], meters[row])
      var cost = Double.nan
      repeat {
        if firstKnown[row] <= context.asOf { cost = costs[row] }
        row += 1
      } while row < days.count && days[row] == day && meters[row] == meter
      guard !cost.isNaN else { continue }
      let currency = currencies[Int(meter)]
      let place = sums.firstIndex { $0.currency == currency } ?? sums.count
      if place == sums.count { sums.append((currency, 0, 0)) }
      sums[place].amount += cost
      sums[place].lines += 1
    }
    // Currencies are numbered by name.
    let most = sums.min { ($1.lines, $0.currency) < ($0.lines, $1.currency) }
    return most.map {
      TrailingCost(
        amount: max(0, $0.amount), currency: context.frame.currencies[Int($0.currency)])
    }
  }
}
