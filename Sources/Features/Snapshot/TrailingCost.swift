internal import History

/// What a subscription cost inside a window, in one currency.
package struct TrailingCost: Sendable, Hashable {
  /// Credits are taken off.
  package let amount: Double
  /// ISO 4217; `XXX` when the exports name none.
  package let currency: String
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
