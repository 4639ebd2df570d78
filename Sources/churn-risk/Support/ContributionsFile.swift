import Files
import History
import RiskModel

/// `score --all-contributions`: one row a subscription, one column a feature.
///
/// ```
///   under a model   subscriptionId,logOdds,bias,FEATURE…     bias + Σ features = logOdds, to 1e-9
///   under rules     subscriptionId,ruleScore,FEATURE…        ruleScore = min(100, Σ points)
/// ```
/// Contributions are on the log-odds scale before calibration, in the order of the model's features;
/// points stand in the order of the table of rules. Rows are ordered as in at-risk.json.
struct ContributionsFile {
  let scores: RiskScores

  init(_ scores: RiskScores) { self.scores = scores }

  /// Writes the file whole or not at all, readable by its owner alone.
  ///
  /// - Throws: `FileError` when it cannot be written.
  func write(to path: String) throws {
    let isRules = scores.model.learner == .rules
    let columns =
      isRules
      ? ["subscriptionId", "ruleScore"] + RuleScore.features
      : ["subscriptionId", "logOdds", "bias"] + scores.model.featureNames
    let bias = scores.model.bias
    try writeFile(path) { output in
      var writer = DelimitedWriter(output)
      try writer.write(columns)
      for row in scores.subscriptions {
        let total = isRules ? row.ruleScore : row.logOdds
        var cells: [DelimitedWriter.Cell] = [
          .word(row.identity.id.description), total.map { .number($0) } ?? .empty,
        ]
        if !isRules { cells.append(.number(bias)) }
        try writer.write(cells + row.contributions.map { .number($0) })
      }
    }
  }
}
