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
    var sums: [String: (amount: Double, lines: Int)] = [:]
    var row = days.partitionIndex { $0 >= window.lowerBound }
    while row < count, days[row] <= window.upperBound {
      let end = endOfLine(at: row)
      defer { row = end }
      guard days[row] + context.lag <= context.asOf,
        let known = (row..<end).last(where: { firstKnown[$0] <= context.asOf }),
        !costs[known].isNaN
      else { continue }
      let currency = context.meterCurrencies[Int(meters[known])]
      sums[currency, default: (0, 0)].amount += costs[known]
      sums[currency, default: (0, 0)].lines += 1
    }
    let most = sums.min { ($1.value.lines, $0.key) < ($0.value.lines, $1.key) }
    return most.map { TrailingCost(amount: max(0, $0.value.amount), currency: $0.key) }
  }
}
