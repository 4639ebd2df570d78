package import Files

/// How past lists would have done, one after the other, from backtest.json.
package struct BacktestNumbers: SectionNumbers {
  struct Figure: Sendable, Hashable {
    let value, low, high: Double?

    init(_ json: JSONValue?) {
      value = json?["value"]?.double
      low = json?["low"]?.double
      high = json?["high"]?.double
    }
  }

  struct List: Sendable, Hashable {
    let origin: String
    let rows, churned: Int
    let learner: String
    let areaUnderROC, lift, recall, observedExpected: Figure
    /// Of the days since last usage alone.
    let baselineArea: Figure
  }

  let lists: [List]
  let pooled: List?
  let skipped: Int
  let horizonDays: Int
  package let absence: String?

  package init(_ input: PageInput) {
    let json = input.backtest.value
    lists = (json?["origins"]?.array ?? []).compactMap { origin in
      origin["origin"]?.string.map { Self.list(origin, of: $0) }
    }
    pooled = json?["pooled"].map { Self.list($0, of: "All lists") }
    skipped = json?["skipped"]?.array?.count ?? 0
    horizonDays = json?["horizonDays"]?.int ?? 0
    absence =
      input.backtest.absence ?? (lists.isEmpty ? "The backtest holds no list." : nil)
  }

  private static func list(_ json: JSONValue, of origin: String) -> List {
    let model = json["model"]
    return List(
      origin: origin, rows: json["rows"]?.int ?? 0, churned: json["churned"]?.int ?? 0,
      learner: json["learner"]?.string ?? "",
      areaUnderROC: Figure(model?["areaUnderROC"]), lift: Figure(model?["liftAtCapacity"]),
      recall: Figure(model?["recallAtCapacity"]),
      observedExpected: Figure(model?["observedExpectedRatio"]),
      baselineArea: Figure(json["baselines"]?["daysSinceLastUsage"]?["areaUnderROC"]))
  }

  package var json: JSONValue {
    [
      "lists": .array(
        lists.map {
          [
            "origin": .string($0.origin), "rows": .integer($0.rows),
            "churned": .integer($0.churned), "areaUnderROC": .optional($0.areaUnderROC.value),
          ]
        })
    ]
  }
}
