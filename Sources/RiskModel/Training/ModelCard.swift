internal import Features
internal import History
internal import Learning

extension TrainingResult {
  /// card.md: what evaluation.json and model.json say, for people.
  package func card(sha256: String) -> String {
    var lines = [
      "# Model \(model.recipe.name)", "",
      "**What it predicts.** \(model.recipe.definition.text)", "",
      "| | |", "|---|---|",
      "| learner | \(model.learner.rawValue) |",
      "| trained on | \(model.asOf), with a reporting lag of \(model.lagDays) days |",
      "| landmarks | \(window) |",
      "| rows | \(model.rows), \(model.churnedRows) of them churned |",
      "| churned customers | \(model.churnedCustomers) |",
      "| rows left out of these landmarks, outcome not seen | \(data.immatureRows) |",
      "| rows before the first export | \(model.unobservedRows) |",
      "| base rate, \(data.baseRateIsOfAllRows ? "all rows" : "last 365 mature days") "
        + "| \(model.baseRate.map(percent) ?? "unknown") |",
      "| high from, medium from | \(bandText) |",
      "| grade | \(model.grade?.rawValue ?? "none: rules are not graded") |",
      "| SHA-256 | `\(sha256)` |", "",
    ]
    if let judgement { lines += quality(judgement) + order }
    lines += attentionLines
    if let logistic = model.logistic { lines += features(logistic) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var window: String {
    guard let from = model.trainedFrom, let through = model.trainedThrough else { return "none" }
    return "\(from) to \(through)"
  }

  private var bandText: String {
    model.ordersByRule
      ? "\(Int(RuleScore.bands.high)) and \(Int(RuleScore.bands.medium)) points of the rule score"
      : "\(percent(model.bands.high)) and \(percent(model.bands.medium))"
  }

  private var attentionLines: [String] {
    guard !model.attention.isEmpty else { return [] }
    return ["## What to know", ""] + model.attention.map { "- \($0.text)" } + [""]
  }

  /// Features by how far they move the log-odds, and what was left out.
  private func features(_ logistic: LogisticModel) -> [String] {
    let preparation = logistic.preparation
    var weight = [Double](repeating: 0, count: preparation.columnNames.count)
    for (term, coefficient) in zip(preparation.designColumns, logistic.coefficients) {
      weight[term.rawColumn] += abs(coefficient)
    }
    let order = weight.indices.filter { weight[$0] > 0 }.sorted {
      (-weight[$0], $0) < (-weight[$1], $1)
    }
    var lines = [
      "## Features", "",
      "Sum of the absolute standardised coefficients of each feature's terms. Associated with churn, "
        + "not its cause.", "", "| feature | weight |", "|---|---|",
    ]
    lines += order.map { "| \(preparation.columnNames[$0]) | \(rounded(weight[$0])) |" }
    let names = Set(preparation.columnNames)
    let dropped = preparation.dropped.filter { names.contains($0.name) }
    if !dropped.isEmpty {
      lines += ["", "Left out, because training rows tell nothing about them:", ""]
      lines += dropped.map { "- \($0.name) (\(words(for: $0.reason)))" }
    }
    return lines
  }

  private func words(for reason: DroppedColumn.Reason) -> String {
    switch reason {
    case .unknown: "unknown in nearly all rows"
    case .knownAtFewTimes: "unknown of everyone on most days"
    case .constant: "the same in all rows"
    case .duplicate: "equal to an earlier one"
    case .rare: "too few rows"
    }
  }
}
