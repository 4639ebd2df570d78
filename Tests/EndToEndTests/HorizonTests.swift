import Files
import Foundation
import Reporting
import Testing

/// The probability within several horizons, from training to the list.
struct HorizonTests {
  @Test func `for every subscription it never falls, and meets the model's own exactly`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let model = try SimulatedPartner.model
    for day in ["2026-06-01", "2026-11-16"] {
      try program.succeed(["score", "--model", model, "--as-of", day])
      let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
      #expect(list.subscriptions.count > 300 && list.horizonDays == 91)
      for row in list.subscriptions {
        // Too few of 600 subscriptions were lost within 28 days.
        #expect(row.probabilityByHorizon.map(\.days) == [56, 91, 182])
        let values = row.probabilityByHorizon.map(\.probability)
        try #require(values.count == 3)
        #expect(values[1] == row.churnProbability)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(values[0] > 0 && values[2] <= 1)
      }
      try Schemas.expect(folder.path("at-risk.json"), matches: .atRisk)
    }
  }

  @Test func `evaluation and card say how each did`() throws {
    let model = try SimulatedPartner.model
    try Schemas.expect("\(model)/evaluation.json", matches: .evaluation)
    let evaluation = try JSONValue(
      parsing: contents(ofFile: "\(model)/evaluation.json"), path: "evaluation.json")
    let judged = try #require(evaluation["horizons"]?["judged"]?.array)
    try #require(judged.map { $0["days"]?.int } == [56, 91, 182])
    #expect(judged[1]["metrics"] == evaluation["metrics"])
    for horizon in judged.prefix(2) {
      let loss = try #require(horizon["logLoss"]?.double)
      #expect(loss < (try #require(horizon["baseRateLogLoss"]?.double)))
    }
    let card = String(decoding: try contents(ofFile: "\(model)/card.md"), as: UTF8.self)
    #expect(card.contains("## Other horizons") && card.contains("| 182 |"))
  }

  @Test func `a recipe chooses the horizons`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try folder.write("r.json", #"{ "furtherHorizonsDays": [120, 60, 7] }"#)
    try program.succeed(["train", "--recipe", "r.json", "--model", "m"])
    try program.succeed(["score", "--model", "m"])
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(
      list.subscriptions.allSatisfy { $0.probabilityByHorizon.map(\.days) == [60, 91, 120] })
    try folder.write("d.json", #"{ "events": ["dormant"], "furtherHorizonsDays": [28] }"#)
    let refused = try program.run(["train", "--recipe", "d.json", "--model", "n"])
    #expect(refused.status == 65 && refused.errors.contains("furtherHorizonsDays"))
    #expect(!folder.exists("n/model.json"))
  }
}
