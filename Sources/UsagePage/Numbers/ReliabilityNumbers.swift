package import Files

/// Predicted beside observed rates, from evaluation.json.
package struct ReliabilityNumbers: SectionNumbers {
  struct Point: Sendable, Hashable {
    let rows, churned: Int
    let predicted, low, high: Double
    var observed: Double { Double(churned) / Double(rows) }
  }

  let points: [Point]
  let metrics: [(name: String, value: Double)]
  package let absence: String?

  package init(_ input: PageInput) {
    let evaluation = input.evaluation.value
    points = (evaluation?["reliability"]?.array ?? []).compactMap { point in
      guard let rows = point["rows"]?.int, rows > 0, let churned = point["churnedRows"]?.int,
        let predicted = point["meanProbability"]?.double, let low = point["low"]?.double,
        let high = point["high"]?.double
      else { return nil }
      return Point(rows: rows, churned: churned, predicted: predicted, low: low, high: high)
    }
    metrics = (evaluation?["metrics"]?.object?.members ?? []).compactMap { member in
      member.value.double.map { (member.key, $0) }
    }
    absence =
      input.evaluation.absence
      ?? (points.isEmpty ? ModelFigures.absence(evaluation, of: "reliability") : nil)
  }

  package var json: JSONValue {
    [
      "points": .array(
        points.map {
          [
            "rows": .integer($0.rows), "churnedRows": .integer($0.churned),
            "meanProbability": .number($0.predicted),
          ]
        })
    ]
  }
}

/// Why a model has no figures.
enum ModelFigures {
  static func absence(_ evaluation: JSONValue?, of key: String) -> String {
    if evaluation?[key] == nil {
      return
        "The evaluation was written by an earlier version without these figures; 'churn-risk train' "
        + "writes them."
    }
    return evaluation?["learner"]?.string == "rules"
      ? "There is no model: losses so far are too few to learn from, and points decide instead of "
        + "probabilities."
      : "No churned row was seen on days that the model had not learned from."
  }
}
