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
    typealias Sum = (currency: Int32, amount: Double, lines: Int)
    // Most lines are in the currency of the line before.
    var present: Sum?
    var others: [Sum] = []
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
      if present?.currency != currency {
        if let present { others.append(present) }
        let place = others.firstIndex { $0.currency == currency }
        present = place.map { others.remove(at: $0) } ?? (currency, 0, 0)
      }
      present?.amount += cost
      present?.lines += 1
    }
    // Currencies are numbered by name.
    let most = others.reduce(present) { most, other in
      guard let most else { return other }
      return (most.lines, other.currency) < (other.lines, most.currency) ? other : most
    }
    return most.map {
      TrailingCost(
        amount: max(0, $0.amount), currency: context.frame.currencies[Int($0.currency)])
    }
  }
}
