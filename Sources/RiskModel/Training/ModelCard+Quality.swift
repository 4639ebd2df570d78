internal import Glibc
internal import History
internal import Learning

// The part of card.md that says how good the model is, or why there is none.
extension TrainingResult {
  /// On which rows the fits were judged.
  private func rows(_ judgement: Judgement) -> String {
    let selection = judgement.selection
    return switch selection.scheme {
    case .forward:
      "Judged on \(selection.predictions.rows.count) rows of \(selection.splits.count) later "
        + "periods, each by a model fitted on rows whose window had been seen to its end when the "
        + "period began. Features are what was known on each row's day; labels are what was known on "
        + "\(model.asOf). The penalty and the number of trees were chosen by these rows, so the figures "
        + "are a little too good."
    case .foldsAcrossTimes:
      "The history is too short for two later periods with ten churned customers each, so it was "
        + "judged by five folds of customers, each on days that its fit had not seen. That is milder "
        + "than the future: the grade is at most C."
    case .groupedFolds:
      "The history is too short for two later periods with ten churned customers each, so it was "
        + "judged by five folds of customers. That is milder than the future: the grade is at most C."
    case .resubstitution:
      "All rows are of one customer, so nothing could be held out."
    }
  }

  /// What decides the place in a list when the model has not shown that it can.
  var order: [String] {
    guard model.ordersByRule else { return [] }
    return ["## The order of lists", "", TrainingAttention.orderByRule, ""]
  }

  /// How often the range of calibration held.
  var calibrationRange: [String] {
    guard let range else { return [] }
    return [
      "Calibration range: rests on one row of each of \(range.rows) customers, "
        + "\(range.churnedCustomers) of them churned, on the newest landmarks. In \(range.coveredBins) "
        + "of \(CalibrationRange.bins) bins by score the share of churn lay within the bin's mean "
        + "range, each half of the customers judged by the other. It is no confidence interval.",
      "",
    ]
  }

  /// How the probabilities at the other horizons did.
  var otherHorizons: [String] {
    guard let horizons else { return [] }
    var lines = [
      "## Other horizons", "",
      "The probability within \(model.recipe.horizonDays) days is spread over the others by a hazard, so "
        + "that it never falls from one to the next. Judged on the same periods, on the rows that had "
        + "been followed so far; \"evenly\" spreads it as if the hazard never changed. Undefined is what no "
        + "row has been followed for yet.", "",
      "| days | rows | churned customers | log-loss | of the base rate | evenly | observed : expected "
        + "| AUC |", "|---|---|---|---|---|---|---|---|",
    ]
    lines += horizons.horizons.map { horizon in
      func metric(_ metric: Metric) -> String {
        let value = horizon.metrics.first { $0.name == metric.name }?.value
        return value.map(rounded) ?? "undefined"
      }
      let losses = [horizon.logLoss, horizon.baseRateLogLoss, horizon.evenLogLoss].map {
        $0.map(rounded) ?? "undefined"
      }
      return "| \(horizon.days) | \(horizon.rows) | \(horizon.churnedCustomers) | "
        + "\(losses.joined(separator: " | ")) | \(metric(.observedExpectedRatio)) | "
        + "\(metric(.areaUnderROC)) |"
    }
    return lines + [""]
  }

  /// Every penalty that was tried, where the strongest of all, the base rate, was chosen.
  private func tried(_ judgement: Judgement) -> [String] {
    guard !judgement.selection.lambda.isFinite else { return [] }
    let candidates = judgement.selection.candidates
    var lines = ["| penalty λ | log-loss | above the best |", "|---|---|---|"]
    lines += candidates.map {
      "| \(lambdaText($0.lambda)) | \(rounded($0.logLoss)) | \(rounded($0.excess.mean)) ± "
        + "\($0.excess.standardError.isFinite ? rounded($0.excess.standardError) : "unknown") |"
    }
    return lines + [""]
  }

  func quality(_ judgement: Judgement) -> [String] {
    let selection = judgement.selection
    var lines = ["## How good it is", "", rows(judgement)]
    lines += ["", "| metric | value |", "|---|---|"]
    let shown = judgement.metrics.filter {
      judgement.hasRanking || !Self.judgesOrder.contains($0.name)
    }
    lines += shown.map { "| \($0.name) | \($0.value.map(rounded) ?? "undefined") |" }
    if !judgement.hasRanking {
      lines += [
        "",
        "The model is the base rate, the same probability for everybody: it has no order that could be "
          + "judged, hence no AUC, lift or slope, and the grade is C.",
      ]
    }
    lines += [
      "", "| log-loss of | value |", "|---|---|",
    ]
    lines += judgement.learners.candidates.map { candidate in
      let name =
        switch candidate.learner {
        case .logistic: "the linear model"
        case .boosting: "boosted trees"
        case .blend: "the mean of their log-odds"
        }
      let mark = candidate.learner == judgement.learners.chosen ? ", chosen" : ""
      return "| \(name), before calibration\(mark) | \(rounded(candidate.logLoss)) |"
    }
    if let baseline = selection.baseline {
      lines.append("| the base rate | \(rounded(baseline.logLoss)) |")
    }
    let gap = judgement.gapBaseline
    lines += [
      "| days since last usage alone | \(rounded(gap.candidates[gap.chosen].logLoss)) |", "",
      "Penalty λ = \(lambdaText(selection.lambda))"
        + (selection.mixing > 0 ? ", an elastic net, half of it on absolute coefficients" : "")
        + (judgement.learners.otherPenalty.map {
          "; \($0.mixing > 0 ? "an elastic net" : "ridge") had \(rounded($0.chosenLogLoss))"
        } ?? "")
        + ": the strongest within one standard error of the best. "
        + "Calibration: \(model.calibration.method).", "",
    ]
    if let boosting = judgement.learners.boosting {
      lines += [
        "Boosting: "
          + boosting.candidates.map { candidate in
            "preset \(candidate.preset.rawValue) \(rounded(candidate.logLoss))"
              + (candidate.rounds.map { " with \($0) trees" } ?? "")
              + (candidate.best.map {
                $0.rounds == candidate.rounds
                  ? ""
                  : " (\(rounded($0.logLoss)) with \($0.rounds), no more than one standard error less)"
              } ?? "")
          }.joined(separator: ", ") + "; the least counts.", "",
      ]
    }
    lines += tried(judgement)
    lines += fits(judgement)
    lines += [
      "",
      "Grade A: the lower 95 % bounds (clustered by customer) of the log-loss gain over the better "
        + "baseline and of the AUC are above 0 and ½, and the lift of \(capacityText) is at least 3. "
        + "B: both bounds are. C: not so.", "",
    ]
    return lines
  }

  /// Figures that say nothing of one probability for everybody: it differs between the periods judged only
  /// because the base rate did.
  private static let judgesOrder: Set<String> = [
    Metric.areaUnderROC.name, Metric.averagePrecision.name, Metric.liftAtTenPercent.name,
    Metric.calibrationSlope.name,
  ]

  private var capacityText: String {
    model.recipe.capacity.map { "the first \($0) rows of each day's list" }
      ?? "the first tenth of each day's list"
  }

  /// What the solver and the folds had to give in on.
  private func fits(_ judgement: Judgement) -> [String] {
    let selection = judgement.selection
    let fitCount = selection.candidates.count * selection.splits.count
    var text =
      "Fits: \(selection.unconvergedFits) of the \(fitCount) that chose the penalty stopped before "
      + "their tolerance."
    if let summary {
      text +=
        " The final one took \(summary.iterations) steps, to a gradient of "
        + "\(scientific(summary.gradientNorm)), "
        + (summary.ridgeAdded > 0
          ? "with a ridge of up to \(scientific(summary.ridgeAdded)) on its curvature."
          : "without a ridge.")
    }
    if selection.keepsDuplicates == false {
      text +=
        " More than half of the rows are alike in every feature or share a customer, so equal rows "
        + "lie in several folds: the figures are a little too good."
    }
    return [text]
  }

  private func lambdaText(_ lambda: Double) -> String {
    guard lambda.isFinite else { return "infinity, which is the base rate" }
    return lambda < 0.001 ? scientific(lambda) : rounded(lambda)
  }

  /// Two digits and a power of ten: 2.7e-06 as "2.7e-6".
  private func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    let exponent = log10(abs(value)).rounded(.down)
    return "\(number(value / pow(10, exponent)))e\(Int(exponent))"
  }

  /// Four decimals.
  func rounded(_ value: Double) -> String {
    let scaled = (abs(value) * 10_000).rounded()
    guard scaled < 1e15 else { return String(value) }
    let digits = String(Int(scaled) % 10_000)
    return (value < 0 && scaled > 0 ? "-" : "") + "\(Int(scaled) / 10_000)."
      + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
