internal import Features
package import Files
internal import History
internal import Learning

extension BacktestResult {
  /// backtest.json, schemaVersion 1; `churn-risk schema backtest` describes it.
  package var json: JSONValue {
    let definition = recipe.definition
    return [
      "schemaVersion": 1,
      "recipe": recipe.json,
      "churnDefinition": [
        "events": .array(definition.events.map(\.rawValue).sorted().map { .string($0) }),
        "text": .string(definition.text),
      ],
      "horizonDays": .integer(definition.horizonDays),
      "from": .string(range.from.description), "to": .string(range.to.description),
      "everyDays": .integer(range.everyDays),
      "knownThrough": .string(knownThrough.description),
      "capacity": capacity.map { .integer($0) } ?? .null,
      "value": valueUnit.map {
        ["basis": .string($0.basis.rawValue), "currency": $0.currency.map { .string($0) } ?? .null]
      } ?? .null,
      "intervals": [
        "level": 0.95, "clusteredBy": "customer", "draws": .integer(RankingFigures.draws),
        "seed": .integer(recipe.seed),
        "text":
          "Log-loss, calibration and gains: cluster-robust (Liang & Zeger 1986). Ranking figures: percentiles of a bootstrap of whole customers (Field & Welsh 2007).",
      ],
      "attention": attention.json,
      "origins": .array(origins.map(Self.json)),
      "skipped": .array(
        skipped.map { ["origin": .string($0.origin.description), "reason": .string($0.reason)] }),
      "pooled": .object(Self.json(pooled)),
      "leadTime": [
        "events": .integer(alerts.events), "alertedEvents": .integer(alerts.alertedEvents),
        "weeks": alerts.leadWeeks.map {
          [
            "lowerQuartile": .number($0.lower), "median": .number($0.median),
            "upperQuartile": .number($0.upper),
          ]
        } ?? .null,
      ],
      "alertFlips": [
        "rate": alerts.flipRate.map { .number($0) } ?? .null, "pairs": .integer(alerts.flipPairs),
      ],
    ]
  }

  private static func json(_ origin: Origin) -> JSONValue {
    let (list, model) = (origin.list, origin.list.model)
    var object: JSONObject = [
      "origin": .string(list.origin.description), "lagDays": .integer(list.lagDays),
      "learner": .string(model.learner.rawValue),
      "trainedGrade": model.grade.map { .string($0.rawValue) } ?? .null,
      "trainedThrough": model.trainedThrough.map { .string($0.description) } ?? .null,
      "trainingRows": .integer(model.rows),
      "trainingChurnedCustomers": .integer(model.churnedCustomers),
      "modelSha256": .string(model.sha256),
      "listed": .integer(list.listed), "unjudged": .integer(list.unjudged),
    ]
    for (key, value) in json(origin.figures).members { object[key] = value }
    return .object(object)
  }

  private static func json(_ figures: ListFigures) -> JSONObject {
    [
      "rows": .integer(figures.rows), "churned": .integer(figures.lost),
      "customers": .integer(figures.customers),
      "probabilityRows": .integer(figures.probabilityRows),
      "grade": figures.grade.map { .string($0.rawValue) } ?? .null,
      "model": json(figures.model),
      "baselines": [
        "baseRate": json(figures.baseRate),
        "daysSinceLastUsage": json(figures.daysSinceLastUsage),
      ],
      "logLossGain": [
        "overBaseRate": json(figures.gainOverBaseRate ?? Estimate(nil)),
        "overDaysSinceLastUsage": json(figures.gainOverDaysSinceLastUsage ?? Estimate(nil)),
      ],
    ]
  }

  private static func json(_ figures: JudgeFigures) -> JSONValue {
    var object = JSONObject()
    for metric in RankingMetric.allCases {
      object[metric.rawValue] = json(figures.ranking[metric])
    }
    let none = Estimate(nil)
    object["logLoss"] = json(figures.probability?.logLoss ?? none)
    object["calibrationSlope"] = json(figures.probability?.calibrationSlope ?? none)
    object["calibrationIntercept"] = json(figures.probability?.calibrationIntercept ?? none)
    object["observedExpectedRatio"] = json(figures.probability?.observedExpectedRatio ?? none)
    return .object(object)
  }

  private static func json(_ estimate: Estimate) -> JSONValue { estimate.json }
}
