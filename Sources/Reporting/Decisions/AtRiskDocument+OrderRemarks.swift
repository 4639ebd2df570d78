internal import RiskModel
internal import Words

extension AtRiskDocument {
  /// Adds to `attention` what a reader must know about how the lists were decided: what money could not tell.
  ///
  /// Such remarks of an earlier call make room. To be called when all is decided. All are of information: nothing has gone wrong.
  ///
  /// - Parameters:
  ///   - order: in which order the lists stand.
  ///   - policy: who was left alone.
  ///   - profit: what contacts are expected to earn, where that was asked for.
  package mutating func remarkOnLists(
    order: ListSort, policy: ListingPolicy, profit: ProfitSummary?
  ) {
    let decided =
      [Code.withoutValues, .severalUnits, .withoutProfit, .withoutProbabilities]
      + (policy.holdOut == nil ? [] : [.holdOut])
    attention.removeAll { remark in decided.contains { $0.rawValue == remark.code } }
    attention +=
      [
        order == .expectedLoss ? remarkOnOrder : nil, remarkOnHoldOut(policy),
        profit?.remark ?? remarkOnPoints(policy),
      ].compactMap { $0 }
  }

  /// Takes out the remark that names the currencies of values.
  mutating func removeRemarkOnUnits() {
    attention.removeAll { $0.code == Code.severalUnits.rawValue }
  }

  fileprivate enum Code: String {
    case withoutValues = "orderWithoutValues"
    case severalUnits
    case withoutProfit = "profitWithoutMoney"
    case withoutProbabilities = "profitWithoutProbabilities"
    case holdOut = "holdOutWithoutMoney"
  }

  private var remarkOnOrder: Attention? {
    let cases = subscriptions.filter(\.isCase)
    var converted = 0
    var rows: [LossUnit: Int] = [:]
    for row in cases {
      if row.convertedLoss != nil {
        converted += 1
      } else if let unit = LossUnit(row) {
        rows[unit, default: 0] += 1
      }
    }
    if rows.isEmpty, converted == 0 {
      return cases.isEmpty
        ? nil
        : Attention(
          Code.withoutValues.rawValue,
          "The lists were to be ordered by expected loss, but no row on them has one, for want of a "
            + "probability or of a value: they stand in the order of the scores.",
          Message(.remarkOrderWithoutValues), severity: .information)
    }
    guard rows.count + (converted > 0 ? 1 : 0) > 1 else { return nil }
    let sorted = rows.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    let units = sorted.map { unit, count in
      "\(count) in \(unit.currency.isEmpty ? Self.words(forBasis: unit.basis) : unit.currency)"
    }.joined(separator: ", ")
    // In the words of at-risk.json, which are the same in all languages.
    let codes = sorted.map { unit, count in
      "\(unit.currency.isEmpty ? unit.basis : unit.currency) \(count)"
    }.joined(separator: ", ")
    let text =
      converted > 0
      ? "Of the rows on the lists, \(converted) are ordered by the expected loss in money; after them "
        + "stand those without an exchange rate: \(units)."
      : "The expected losses on the lists are in different units, which cannot be compared: \(units). The "
        + "largest group of each list stands first. Exchange rates (--rates, or rates in the configuration) "
        + "bring currencies into one."
    let message =
      converted > 0
      ? Message(.remarkUnratedUnits, [.count: Double(converted)], texts: [.text: codes])
      : Message(.remarkSeveralUnits, texts: [.text: codes])
    return Attention(Code.severalUnits.rawValue, text, message, severity: .information)
  }

  private static func words(forBasis basis: String) -> String {
    switch basis {
    case "usage": "lines of usage"
    case "licences": "licences"
    default: "no known currency"
    }
  }

  /// Rates are given and nothing is told: points are no probabilities.
  private func remarkOnPoints(_ policy: ListingPolicy) -> Attention? {
    guard policy.rates != nil, model.learner == "rules" else { return nil }
    return Attention(
      Code.withoutProbabilities.rawValue,
      "What contacts may earn cannot be told: the list is ordered by points, which are no probabilities.",
      Message(.remarkProfitByPoints), severity: .information)
  }

  private func remarkOnHoldOut(_ policy: ListingPolicy) -> Attention? {
    guard let holdOut = policy.holdOut, !subscriptions.isEmpty,
      customersOfLittleValue(holdOut, policy.rates).isEmpty
    else { return nil }
    let limit = holdOut.greatestValue
    let shown = Language.en.decimals(limit, limit == limit.rounded() ? 0 : 2)
    let amount = "\(shown)\(holdOut.currency.map { " \($0)" } ?? "")"
    return Attention(
      Code.holdOut.rawValue,
      "The hold-out leaves nobody alone: there is no customer whose subscriptions are all known to cost "
        + "at most \(amount) in a year. Its limit is money of one currency: name it, or give exchange "
        + "rates, where costs are in several.",
      Message(.remarkHoldOutEmpty, texts: [.text: amount]), severity: .information)
  }
}

extension ProfitSummary {
  /// Why there is nothing to tell, where there is not.
  fileprivate var remark: Attention? {
    guard rows == 0 else { return nil }
    return Attention(
      AtRiskDocument.Code.withoutProfit.rawValue,
      "What contacts may earn cannot be told: none of \(rowsWithoutAmount) scored subscriptions has a "
        + "cost in a currency of \(rates.file). Values of usage or licences are no money.",
      Message(
        .remarkProfitWithoutMoney, [.rows: Double(rowsWithoutAmount)], texts: [.text: rates.file]),
      severity: .information)
  }
}
