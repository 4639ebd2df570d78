import Files
import History
import RiskModel

/// `score --all-contributions`: one row a subscription, one column a feature.
struct ContributionsFile {
  let scores: RiskScores

  init(_ scores: RiskScores) { self.scores = scores }

  func write(to path: String) throws {
    let names = scores.model.featureNames
    try writeFile(path) { output in
      var writer = DelimitedWriter(output)
      try writer.write(["subscriptionId", "logOdds", "bias"] + names)
      for row in scores.subscriptions {
        try writer.write(
          [
            .word(row.identity.id.description), row.logOdds.map { .number($0) } ?? .empty,
            .number(scores.model.bias),
          ] + row.contributions.map { DelimitedWriter.Cell.number($0) })
      }
    }
  }
}
