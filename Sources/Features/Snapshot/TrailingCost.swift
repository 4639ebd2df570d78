internal import History

/// What a subscription cost inside a window, in one currency.
package struct TrailingCost: Sendable, Hashable {
  /// Credits are taken off.
  package let amount: Double
  /// ISO 4217; `XXX` when the exports name none.
  package let currency: String
}

extension UsageHistory {
  /// Calls `body` with each line of a window that has a cost, by day, then meter.
  ///
  /// - Parameters:
  ///   - window: the days.
  ///   - landmark: the day on which its versions were known; nil for all.
  ///   - body: takes the cost of the last version known.
  @inline(__always)
  func forEachCost(
    in window: ClosedRange<CalendarDay>, knownOn landmark: CalendarDay?,
    _ body: (_ day: CalendarDay, _ meter: Int32, _ cost: Double) -> Void
  ) {
    var row = days.partitionIndex { $0 >= window.lowerBound }
    let (days, meters) = (days.span, meters.span)
    let (firstKnown, costs) = (firstKnown.span, costs.span)
    while row < days.count, days[row] <= window.upperBound {
      let (day, meter) = (days[row], meters[row])
      var cost = Double.nan
      repeat {
        if landmark.map({ firstKnown[row] <= $0 }) ?? true { cost = costs[row] }
        row += 1
      } while row < days.count && days[row] == day && meters[row] == meter
      if !cost.isNaN { body(day, meter, cost) }
    }
  }

  func cost(
    in window: ClosedRange<CalendarDay>, at context: LandmarkContext
  ) -> TrailingCost? {
    let currencies = context.frame.meterCurrencies
    typealias Sum = (currency: Int32, amount: Double, lines: Int)
    // Most lines are in the currency of the line before.
    var present: Sum?
    var others: [Sum] = []
    let last = min(window.upperBound, context.asOf - context.lag)
    guard window.lowerBound <= last else { return nil }
    forEachCost(in: window.lowerBound...last, knownOn: context.asOf) { _, meter, cost in
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
