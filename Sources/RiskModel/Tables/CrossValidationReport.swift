package import Files
package import Learning

/// What cross-validation of a table found, as the two files that other programs read.
///
/// Neither holds a time of the clock: the same table, seed and folds give the same bytes, for any
/// number of threads.
package struct CrossValidationReport: Sendable {
  /// The table that was learned from.
  package let table: LabelledTable
  /// The fold of each row.
  package let folds: [Int32]
  /// Predictions, metrics and models.
  package let result: CrossValidationResult
  /// Dealt the folds, those of the table and those inside the training rows; below 2⁵³.
  package let seed: UInt64

  /// Puts together what a table and its folds gave.
  package init(
    table: LabelledTable, folds: [Int32], result: CrossValidationResult, seed: UInt64
  ) {
    precondition(seed < 1 << 53, "seed \(seed) is no whole number that JSON holds exactly")
    self.table = table
    self.folds = folds
    self.result = result
    self.seed = seed
  }

  /// The learner of all folds, or `auto` where they have different ones.
  package var learner: String {
    let chosen = Set(result.folds.map(\.learned.selection.chosen))
    return chosen.count == 1 ? chosen.first?.rawValue ?? "auto" : "auto"
  }

  /// Where trees would have been tried, and could not be.
  package var notes: [TableNote] {
    result.folds.compactMap { fold in
      fold.learned.selection.obstacle.map { .linearOnly(fold: fold.fold, $0) }
    }
  }

  /// Rows that were predicted, ascending.
  package var predictedRows: [Int] { folds.indices.filter { folds[$0] >= 0 } }

  /// Predicted rows with an exact twin among the rows that their fold was trained on.
  package var twinRows: Int { result.folds.reduce(0) { $0 + $1.twinRows } }

  /// Every metric over all predicted rows at once.
  package var pooledMetrics: MetricValues {
    let (rows, labels) = (predictedRows, table.dataset.knownLabels)
    return MetricValues(
      probabilities: rows.map { result.probabilities[$0] }, labels: rows.map { labels[$0] })
  }

  /// How right the probabilities of all predicted rows at once were, with 95 % intervals; nil without rows.
  ///
  /// The rows of a group count as one observation where there are groups.
  package var pooledFigures: ProbabilityFigures? {
    let (rows, labels) = (predictedRows, table.dataset.knownLabels)
    guard !rows.isEmpty else { return nil }
    return ProbabilityFigures(
      probabilities: rows.map { result.probabilities[$0] }, labels: rows.map { labels[$0] },
      groups: rows.map { table.dataset.group(ofRow: $0) })
  }

  /// Writes `row,fold,probability`: one line per predicted row in the order of the table, from 0.
  package func writePredictions(to file: OutputFile) throws(FileError) {
    var writer = DelimitedWriter(file)
    try writer.write(["row", "fold", "probability"])
    for row in predictedRows {
      try writer.write([
        .integer(row), .integer(Int(folds[row])), .number(result.probabilities[row]),
      ])
    }
  }

  /// The metrics of each fold, their means with standard errors, and those of all rows pooled.
  ///
  /// Null stands for a metric that is not defined, and as `lambda` for infinity: the base rate alone.
  /// `pooledIntervals` holds figures of all rows with 95 % intervals, clustered by group.
  /// `keepsDuplicates` says whether the folds dealt, those of the table and those inside the training
  /// rows that chose the penalty, keep exact duplicates together; null where none were dealt.
  package var metrics: JSONValue {
    let hasTwins = twinRows > 0
    return [
      "schemaVersion": 1, "learner": .string(learner), "seed": .integer(Int(seed)),
      "rows": .integer(folds.count), "predictedRows": .integer(predictedRows.count),
      "twinRows": .integer(twinRows),
      "features": .integer(table.dataset.columnNames.count),
      "keepsDuplicates": Self.json(table.keepsDuplicates),
      "folds": .array(result.folds.map(Self.json)),
      "mean": summaries(withoutTwins: false),
      "meanWithoutTwins": hasTwins ? summaries(withoutTwins: true) : .null,
      "pooled": Self.json(pooledMetrics),
      "pooledIntervals": pooledFigures.map { .object($0.json) } ?? .null,
    ]
  }

  private static func json(_ fold: CrossValidationResult.Fold) -> JSONValue {
    [
      "fold": .integer(Int(fold.fold)), "trainingRows": .integer(fold.analysisRows),
      "rows": .integer(fold.assessmentRows), "twinRows": .integer(fold.twinRows),
      "learner": .string(fold.learned.selection.chosen.rawValue),
      "learners": .object(
        JSONObject(
          fold.learned.selection.candidates.map {
            ($0.learner.rawValue, json($0.logLoss))
          })),
      "preset": fold.learned.selection.boosting.map { .string($0.choice.preset.rawValue) } ?? .null,
      "lambda": json(fold.learned.selection.logistic.lambda),
      "mixing": .number(fold.learned.selection.logistic.mixing),
      "converged": fold.learned.summary.map { .bool($0.converged) } ?? .null,
      "gradientNorm": json(fold.learned.summary?.gradientNorm),
      "ridgeAdded": json(fold.learned.summary?.ridgeAdded),
      "unconvergedFits": .integer(fold.learned.selection.logistic.unconvergedFits),
      "keepsDuplicates": json(fold.learned.selection.logistic.keepsDuplicates),
      "calibration": .string(fold.learned.calibration.map.method),
      "metrics": json(fold.metrics),
      "metricsWithoutTwins": fold.twinRows > 0 ? json(fold.metricsWithoutTwins) : .null,
    ]
  }

  private func summaries(withoutTwins: Bool) -> JSONValue {
    .object(
      JSONObject(
        Metric.all.map { metric in
          let summary = result.summary(of: metric, withoutTwins: withoutTwins)
          let value: JSONValue = [
            "mean": Self.json(summary.mean), "standardError": Self.json(summary.standardError),
          ]
          return (metric.name, value)
        }))
  }

  private static func json(_ values: MetricValues) -> JSONValue {
    .object(JSONObject(Metric.all.map { ($0.name, json(values[$0])) }))
  }

  private static func json(_ flag: Bool?) -> JSONValue { flag.map { .bool($0) } ?? .null }

  private static func json(_ number: Double?) -> JSONValue {
    guard let number, number.isFinite else { return .null }
    return .number(number)
  }
}
