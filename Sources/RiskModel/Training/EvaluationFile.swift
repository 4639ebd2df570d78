package import Files
internal import History
internal import Learning

extension TrainingResult {
  /// evaluation.json: every candidate on every split with the baselines beside it.
  package func evaluation(sha256: String) -> JSONValue {
    var object: JSONObject = [
      "schemaVersion": 1, "modelSha256": .string(sha256),
      "recipe": .string(model.recipe.name), "learner": .string(model.learner.rawValue),
      "asOf": .string(model.asOf.description),
      "horizonDays": .integer(model.recipe.horizonDays), "lagDays": .integer(model.lagDays),
      "rows": .integer(model.rows), "churnedRows": .integer(model.churnedRows),
      "churnedCustomers": .integer(model.churnedCustomers),
      "baseRate": model.baseRate.map { .number($0) } ?? .null,
      "grade": model.grade.map { .string($0.rawValue) } ?? .null,
      "attention": model.attention.json,
    ]
    object["fit"] = summary.map(Self.json) ?? .null
    object["calibrationRange"] =
      range.map { range in
        [
          "rows": .integer(range.rows), "churnedCustomers": .integer(range.churnedCustomers),
          "bins": .integer(CalibrationRange.bins), "coveredBins": .integer(range.coveredBins),
        ]
      } ?? .null
    object["horizons"] = horizons.map(Self.json) ?? .null
    guard let judgement = judgement else {
      for key in [
        "scheme", "splits", "learners", "candidates", "boosting", "baselines", "unconvergedFits",
        "keepsDuplicates",
        "calibration", "metrics", "reliability", "gains",
      ] {
        object[key] = .null
      }
      return .object(object)
    }
    let selection = judgement.selection
    object["scheme"] = .string(selection.scheme.rawValue)
    object["splits"] = .array(selection.splitSummaries.map(Self.json))
    let learners = judgement.learners
    object["learners"] = .array(
      learners.candidates.map { candidate in
        [
          "learner": .string(candidate.learner.rawValue), "logLoss": Self.finite(candidate.logLoss),
          "excess": Self.finite(candidate.excess.mean),
          "excessStandardError": Self.finite(candidate.excess.standardError),
          "isChosen": .bool(candidate.learner == learners.chosen),
        ]
      })
    object["boosting"] =
      learners.boosting.map { boosting in
        .array(
          boosting.candidates.enumerated().map { index, candidate in
            [
              "preset": .string(candidate.preset.rawValue),
              "rounds": candidate.rounds.map { .integer($0) } ?? .null,
              "bestRounds": candidate.best.map { .integer($0.rounds) } ?? .null,
              "bestLogLoss": candidate.best.map { Self.finite($0.logLoss) } ?? .null,
              "logLoss": Self.finite(candidate.logLoss),
              "splitLogLoss": .array(candidate.splitLogLoss.map(Self.finite)),
              "isChosen": .bool(index == boosting.chosen),
            ]
          })
      } ?? .null
    object["candidates"] = .array(
      selection.candidates.indices.map { index in
        Self.json(
          selection.candidates[index], name: "logistic", mixing: selection.mixing,
          isChosen: index == selection.chosen)
      }
        + (judgement.learners.otherPenalty.map { other in
          other.candidates.map {
            Self.json($0, name: "logistic", mixing: other.mixing, isChosen: false)
          }
        } ?? []))
    let gap = judgement.gapBaseline
    object["baselines"] = .array(
      [
        selection.baseline.map { Self.json($0, name: "baseRate", mixing: 0, isChosen: false) },
        Self.json(
          gap.candidates[gap.chosen], name: "daysSinceLastUsage", mixing: gap.mixing,
          isChosen: false),
      ].compactMap(\.self))
    object["unconvergedFits"] = .integer(selection.unconvergedFits)
    object["keepsDuplicates"] = selection.keepsDuplicates.map { .bool($0) } ?? .null
    object["calibration"] = Self.json(judgement.calibration)
    object["metrics"] = Self.json(judgement.metrics)
    object["reliability"] = .array(judgement.reliability.points.map(Self.json))
    object["gains"] = .array(
      judgement.gains.points.map { ["share": .number($0.share), "gain": .number($0.gain)] })
    return .object(object)
  }

  private static func json(_ point: ReliabilityCurve.Point) -> JSONValue {
    [
      "rows": .integer(point.rows), "churnedRows": .integer(point.positives),
      "meanProbability": .number(point.meanProbability), "low": .number(point.low),
      "high": .number(point.high),
    ]
  }

  private static func json(_ metrics: [(name: String, value: Double?)]) -> JSONValue {
    .object(JSONObject(metrics.map { ($0.name, $0.value.map(finite) ?? .null) }))
  }

  private static func json(_ judgement: HorizonJudgement) -> JSONValue {
    [
      "fit": json(judgement.summary),
      "judged": .array(
        judgement.horizons.map { horizon in
          [
            "days": .integer(horizon.days), "rows": .integer(horizon.rows),
            "churnedCustomers": .integer(horizon.churnedCustomers),
            "logLoss": horizon.logLoss.map(finite) ?? .null,
            "baseRateLogLoss": horizon.baseRateLogLoss.map(finite) ?? .null,
            "evenLogLoss": horizon.evenLogLoss.map(finite) ?? .null,
            "metrics": json(horizon.metrics),
          ]
        }),
    ]
  }

  private static func day(_ number: Int32?) -> JSONValue {
    number.map { .string(CalendarDay(daysSinceEpoch: $0).description) } ?? .null
  }

  private static func finite(_ number: Double) -> JSONValue {
    number.isFinite ? .number(number) : .null
  }

  private static func json(_ fit: FitSummary) -> JSONValue {
    [
      "iterations": .integer(fit.iterations), "converged": .bool(fit.converged),
      "gradientNorm": finite(fit.gradientNorm), "ridgeAdded": finite(fit.ridgeAdded),
    ]
  }

  private static func json(_ split: LambdaSelection.SplitSummary) -> JSONValue {
    [
      "origin": day(split.origin), "analysisRows": .integer(split.analysisRows),
      "analysisChurnedCustomers": .integer(split.analysisPositiveGroups),
      "assessmentRows": .integer(split.assessmentRows),
      "assessmentChurnedCustomers": .integer(split.assessmentPositiveGroups),
    ]
  }

  private static func json(
    _ candidate: LambdaSelection.Candidate, name: String, mixing: Double, isChosen: Bool
  ) -> JSONValue {
    [
      "learner": .string(name),
      // null stands for infinity: the base rate.
      "lambda": finite(candidate.lambda), "mixing": .number(mixing),
      "logLoss": finite(candidate.logLoss),
      "excess": finite(candidate.excess.mean),
      "excessStandardError": finite(candidate.excess.standardError),
      "splitLogLoss": .array(candidate.splitLogLoss.map(finite)),
      "isChosen": .bool(isChosen),
    ]
  }

  private static func json(_ choice: CalibrationChoice) -> JSONValue {
    [
      "chosen": choice.map.json, "churnedCustomers": .integer(choice.positiveGroups),
      "comparedRows": .integer(choice.comparedRows),
      "identityLogLoss": choice.identityLogLoss.map(finite) ?? .null,
      "rungs": .array(
        choice.rungs.map { rung in
          [
            "method": .string(rung.method), "logLoss": finite(rung.logLoss),
            "difference": finite(rung.difference.mean),
            "standardError": finite(rung.difference.standardError),
            "splitStandardError": rung.differenceOfSplits.map { finite($0.standardError) } ?? .null,
            "isAdopted": .bool(rung.isAdopted),
          ]
        }),
    ]
  }
}
