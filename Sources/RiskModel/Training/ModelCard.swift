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
      "| rows left out of these landmarks, outcome not seen yet | \(data.immatureRows) |",
      "| rows before the first export | \(model.unobservedRows) |",
      "| base rate, last 365 mature days | \(model.baseRate.map(percent) ?? "unknown") |",
      "| high from, medium from | \(bandText) |",
      "| grade | \(model.grade?.rawValue ?? "none: rules are not graded") |",
      "| SHA-256 | `\(sha256)` |", "",
    ]
    if let judgement { lines += quality(judgement) }
    lines += attentionLines
    if let logistic = model.logistic { lines += features(logistic) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var window: String {
    guard let from = model.trainedFrom, let through = model.trainedThrough else { return "none" }
    return "\(from) to \(through)"
  }

  private var bandText: String {
    model.learner == .rules
      ? "\(Int(model.bands.high)) and \(Int(model.bands.medium)) points"
      : "\(percent(model.bands.high)) and \(percent(model.bands.medium))"
  }

  private func quality(_ judgement: Judgement) -> [String] {
    let selection = judgement.selection
    var lines = ["## How good it is", ""]
    if selection.scheme == .forward {
      lines.append(
        "Judged on \(selection.predictions.rows.count) rows of \(selection.splits.count) later "
          + "periods, each by a model that had seen only what was known when the period began.")
    } else {
      lines.append(
        "The history is too short for two later periods with ten churned customers each, so it was "
          + "judged by five folds of customers. That is milder than the future: the grade is at most C."
      )
    }
    lines += ["", "| metric | value |", "|---|---|"]
    lines += judgement.metrics.map { "| \($0.name) | \($0.value.map(rounded) ?? "undefined") |" }
    lines += [
      "", "| log-loss of | value |", "|---|---|",
      "| this model, before calibration | \(rounded(selection.candidates[selection.chosen].logLoss)) |",
    ]
    if let baseline = selection.baseline {
      lines.append("| the base rate | \(rounded(baseline.logLoss)) |")
    }
    let gap = judgement.gapBaseline
    lines += [
      "| days since last usage alone | \(rounded(gap.candidates[gap.chosen].logLoss)) |", "",
      "Penalty λ = \(lambdaText(selection.lambda)): the strongest within one standard error of the best. "
        + "Calibration: \(judgement.calibration.map.method).", "",
      "Grade A: the lower 95 % bound (clustered by customer) of the log-loss gain over the better "
        + "baseline is above 0 and the lift of the first tenth is at least 3. B: the bound is above 0. "
        + "C: neither.", "",
    ]
    return lines
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
      lines += dropped.map { "- \($0.name) (\($0.reason.rawValue))" }
    }
    return lines
  }

  private func percent(_ value: Double) -> String { number(value * 100) + " %" }

  private func lambdaText(_ lambda: Double) -> String {
    lambda.isFinite ? rounded(lambda) : "infinity, which is the base rate"
  }

  /// Four decimals.
  private func rounded(_ value: Double) -> String {
    let scaled = (abs(value) * 10_000).rounded()
    guard scaled < 1e15 else { return String(value) }
    let digits = String(Int(scaled) % 10_000)
    return (value < 0 && scaled > 0 ? "-" : "") + "\(Int(scaled) / 10_000)."
      + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
