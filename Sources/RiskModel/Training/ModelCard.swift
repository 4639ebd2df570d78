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
      "| trained on | \(model.asOf), with a reporting lag of \(counted(model.lagDays, "day")) |",
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
    if let judgement { lines += quality(judgement) + calibrationRange + otherHorizons + order }
    lines += attentionLines
    lines += features
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
  private var features: [String] {
    guard let weights, let fitted = model.fitted else { return [] }
    let names = fitted.columnNames
    let order = names.indices.filter { weights.means[$0] > 0 }.sorted {
      (-weights.means[$0], $0) < (-weights.means[$1], $1)
    }
    var lines = [
      "## Features", "",
      "Mean size of each feature's contribution to the log-odds, over \(weights.rows) training rows. "
        + "Associated with churn, not its cause.", "", "| feature | weight |", "|---|---|",
    ]
    lines += order.map { "| \(names[$0]) | \(rounded(weights.means[$0])) |" }
    let raw = Set(names)
    let dropped = fitted.logistic?.preparation.dropped.filter { raw.contains($0.name) } ?? []
    if !dropped.isEmpty {
      lines += [
        "", "Left out of the linear model, because training rows tell nothing about them:", "",
      ]
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
