extension UsageHistory {
  /// Both histories in one, ordered.
  ///
  /// - Parameter other: of meters that this one does not have.
  /// - Returns: the rows of both, by day and meter.
  func merged(with other: UsageHistory) -> UsageHistory {
    if other.count == 0 { return self }
    let order = rowOrder(with: other)
    func column<Value>(_ own: [Value], _ others: [Value]) -> [Value] {
      order.map { $0 >= 0 ? own[Int($0)] : others[Int(~$0)] }
    }
    var merged = UsageHistory()
    merged.days = column(days, other.days)
    merged.meters = column(meters, other.meters)
    merged.quantities = column(quantities, other.quantities)
    merged.firstKnown = column(firstKnown, other.firstKnown)
    if !costs.isEmpty || !other.costs.isEmpty {
      merged.costs = column(knownCosts, other.knownCosts)
    }
    return merged
  }

  private var knownCosts: [Double] {
    costs.isEmpty ? [Double](repeating: .nan, count: count) : costs
  }

  /// The rows of both in order; those of `other` have all bits turned, so that they are negative.
  private func rowOrder(with other: UsageHistory) -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(count + other.count)
    var own = 0
    for row in 0..<other.count {
      let (day, meter) = (other.days[row], other.meters[row])
      while own < count, days[own] < day || days[own] == day && meters[own] < meter {
        order.append(Int32(own))
        own += 1
      }
      order.append(~Int32(row))
    }
    for rest in own..<count { order.append(Int32(rest)) }
    return order
  }
}
