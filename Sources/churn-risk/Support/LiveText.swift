import Files
import History
import Learning
import Reporting
import RiskModel

extension LiveList {
  /// The list of a scores file.
  init(_ document: AtRiskDocument) {
    self.init(
      asOf: CalendarDay(document.asOf) ?? CalendarDay(daysSinceEpoch: 0),
      lagDays: document.lagDays, horizonDays: document.horizonDays,
      events: Set(document.churnEvents),
      rows: document.subscriptions.compactMap { row in
        GUID(row.identity.subscriptionId).map {
          Row(
            subscription: $0,
            score: (document.ordersByRule ? row.ruleScore : row.churnProbability) ?? 0,
            probability: row.churnProbability)
        }
      })
  }
}

extension LiveCheck {
  private static let names = [
    "areaUnderROC": "AUC", "logLoss": "log-loss",
    "observedExpectedRatio": "losses for each one expected",
  ]

  private static func text(_ figure: Figure) -> String {
    func interval(_ estimate: Estimate) -> String {
      guard let value = estimate.value else { return "undefined" }
      guard let low = estimate.low, let high = estimate.high else { return decimals(value, 3) }
      return "\(decimals(value, 3)) (\(decimals(low, 3)) to \(decimals(high, 3)))"
    }
    return "\(names[figure.name] ?? figure.name) \(interval(figure.live)), in the backtest "
      + interval(figure.promised)
  }

  /// For a person.
  var sentence: String {
    guard !figures.isEmpty else {
      return "List of \(asOf): its window has not been seen to its end yet."
    }
    return "List of \(asOf), \(grouped(lost)) of \(counted(rows, "row")) lost: "
      + figures.map(Self.text).joined(separator: "; ") + "."
  }

  /// A warning when a figure lies outside.
  var attention: Attention? {
    let outside = figures.filter(\.isOutside)
    guard !outside.isEmpty else { return nil }
    return Attention(
      "liveOutsideBacktest",
      "The list of \(asOf) did not do as the backtest had promised: "
        + outside.map(Self.text).joined(separator: "; ")
        + ". Look for a change in the exports or in the business, and train again.")
  }

  var json: JSONValue {
    func json(_ estimate: Estimate) -> JSONValue {
      func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
      return [
        "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high),
      ]
    }
    return [
      "asOf": .string(asOf.description), "rows": .integer(rows), "churned": .integer(lost),
      "figures": .array(
        figures.map {
          [
            "name": .string($0.name), "live": json($0.live), "backtest": json($0.promised),
            "isOutside": .bool($0.isOutside),
          ]
        }),
    ]
  }
}
