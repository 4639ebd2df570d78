internal import Files
package import Learning
internal import Words

/// What contacting the first rows is expected to earn, for each number of contacts.
///
/// Only amounts of money count: rows whose value is their usage or their licences, or in a currency
/// without a rate, are left out and counted.
package struct ProfitSummary: Sendable, Hashable {
  package struct Point: Sendable, Hashable {
    package var contacts: Int
    package var profit: Double
  }

  package let rates: ExchangeRates
  package let offer: RetentionOffer
  package let rows: Int
  package let rowsWithoutAmount: Int
  package let bestContacts: Int
  /// Over all shares of acceptance, with the best number of contacts for each.
  package let expectedMaximum: Double
  /// 1, 2, 5, 10 and so on, the best number and all rows.
  package let points: [Point]

  /// - Parameters:
  ///   - document: its rows have probabilities; nil under rules.
  ///   - order: by which rows are contacted.
  ///   - rates: of the currencies of the rows.
  ///   - offer: what a contact costs in the currency of the rates, and how likely it helps.
  package init?(
    _ document: AtRiskDocument, order: ListSort, rates: ExchangeRates, offer: RetentionOffer
  ) {
    guard document.model.learner != "rules" else { return nil }
    var known: [(probability: Double, value: Double)] = []
    for row in document.subscriptions {
      guard let probability = row.churnProbability, row.identity.valueBasis == "cost",
        let value = row.identity.value.flatMap({
          rates.converted($0, from: row.identity.currency)
        })
      else { continue }
      known.append((probability, value))
    }
    if order == .expectedLoss {
      known = known.enumerated().sorted { left, right in
        let (a, b) = (left.element, right.element)
        return (-a.probability * a.value, left.offset) < (-b.probability * b.value, right.offset)
      }.map(\.element)
    }
    let profit = RetentionProfit(
      leaving: known.map(\.probability), values: known.map { max(0, $0.value) }, offer: offer)
    self.rates = rates
    self.offer = offer
    rows = known.count
    rowsWithoutAmount = document.subscriptions.count - known.count
    bestContacts = profit.bestContacts
    expectedMaximum = profit.expectedMaximum
    points = Self.places(best: profit.bestContacts, count: known.count).map {
      Point(contacts: $0, profit: profit.expected(contacts: $0))
    }
  }

  private static func places(best: Int, count: Int) -> [Int] {
    var places: Set<Int> = [best, count]
    var power = 1
    while power <= count {
      for step in [1, 2, 5] where power * step <= count { places.insert(power * step) }
      power *= 10
    }
    return places.filter { $0 > 0 }.sorted()
  }

  var json: JSONValue {
    [
      "currency": .string(rates.currency), "rates": .string(rates.file),
      "contactCost": .number(offer.contactCost), "offerCost": .number(offer.offerCost),
      "acceptance": ["alpha": .number(offer.alpha), "beta": .number(offer.beta)],
      "rows": .integer(rows), "rowsWithoutAmount": .integer(rowsWithoutAmount),
      "bestContacts": .integer(bestContacts), "expectedMaximum": .number(expectedMaximum),
      "curve": .array(
        points.map { ["contacts": .integer($0.contacts), "expectedProfit": .number($0.profit)] }),
    ]
  }

  /// The figures in a sentence.
  func caption(in language: Language) -> String {
    language.label(
      .profitCaption, numbers: [.count: Double(bestContacts), .value: expectedMaximum],
      texts: [.text: rates.currency])
  }
}

extension ListTable {
  /// One line for each number of contacts.
  static func profit(_ profit: ProfitSummary) -> ListTable {
    let points = profit.points
    return ListTable(
      columns: [
        Column("contacts", .count, .contacts, 12),
        Column("expectedProfit", .number, .expectedProfit, 18),
        Column("currency", .text, .currency, 10),
      ], itemCount: points.count, rowCount: points.count
    ) { item in
      [
        [
          .integer(points[item].contacts), .number(points[item].profit),
          .text(profit.rates.currency),
        ]
      ]
    }
  }
}
