internal import History

/// What one subscription cost week by week, currency by currency.
final class CostWeeks: Sendable {
  let span: WeekSpan
  /// By number; currencies are numbered by name.
  let currencies: [Int32]
  /// Currency by currency, one for each week; credits are taken off.
  let amounts: [Double]
  /// Currency by currency, before the first week and up to the end of each: lines with a cost.
  let lines: [Int32]

  /// - Parameters:
  ///   - usage: every row.
  ///   - landmark: the day on which the rows were known; nil for all.
  ///   - meterCurrencies: the number of the currency of each meter's costs.
  ///   - span: the weeks; other rows do not count.
  init(
    _ usage: UsageHistory, knownOn landmark: CalendarDay? = nil, _ meterCurrencies: [Int32],
    _ span: WeekSpan
  ) {
    self.span = span
    var (currencies, amounts, counts): ([Int32], [Double], [Int32]) = ([], [], [])
    let window = span.firstDay...span.firstDay + (7 * span.count - 1)
    usage.forEachCost(in: window, knownOn: landmark) { day, meter, cost in
      let currency = meterCurrencies[Int(meter)]
      let place = currencies.firstIndex { $0 >= currency } ?? currencies.count
      if place == currencies.count || currencies[place] != currency {
        currencies.insert(currency, at: place)
        amounts.insert(contentsOf: repeatElement(0, count: span.count), at: place * span.count)
        counts.insert(contentsOf: repeatElement(0, count: span.count), at: place * span.count)
      }
      let entry = place * span.count + (day - span.firstDay) / 7
      amounts[entry] += cost
      counts[entry] += 1
    }
    var lines: [Int32] = []
    lines.reserveCapacity(currencies.count * (span.count + 1))
    for place in currencies.indices {
      lines.append(0)
      for week in 0..<span.count {
        lines.append(lines[lines.count - 1] + counts[place * span.count + week])
      }
    }
    (self.currencies, self.amounts, self.lines) = (currencies, amounts, lines)
  }
}

/// What one subscription cost up to one of its weeks.
struct CostsBack {
  let all: CostWeeks
  /// The number of the last week that counts, at least 25.
  let last: Int

  /// The cost of the last `weeks` weeks, 4, 8, 13 or 26, in the currency with the most lines; of several the
  /// first by name.
  ///
  /// - Returns: nil when no line has a cost.
  func cost(ofWeeks weeks: Int) -> (amount: Double, currency: Int32)? {
    let (count, allLines, allAmounts) = (all.span.count, all.lines, all.amounts)
    let (lines, amounts) = (allLines.span, allAmounts.span)
    var most: (place: Int, lines: Int32)?
    for place in all.currencies.indices {
      let end = place * (count + 1) + last + 1
      let own = lines[end] - lines[end - weeks]
      if own > most?.lines ?? 0 { most = (place, own) }
    }
    return most.map { most in
      let end = most.place * count + last
      precondition(end < amounts.count, "CostWeeks: too few weeks")
      let amount =
        switch weeks {
        case 4: amounts.fourWeeks(through: end)
        case 8: amounts.eightWeeks(through: end)
        case 13: amounts.thirteenWeeks(through: end)
        case 26: amounts.thirteenWeeks(through: end) + amounts.thirteenWeeks(through: end - 13)
        default: preconditionFailure("CostsBack: no window of \(weeks) weeks")
        }
      return (max(0, amount), all.currencies[most.place])
    }
  }
}
