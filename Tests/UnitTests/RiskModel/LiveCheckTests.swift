import Features
import Files
import History
import Learning
import TestSupport
import Testing

@testable import RiskModel

/// Lists that were really written against what the backtest promised.
struct LiveCheckTests {
  private static let backtest = Result {
    try Backtest(
      recipe: TrainablePast.recipe,
      range: LandmarkRange(from: pastDay(84), to: pastDay(112), everyDays: 28), capacity: nil
    ).run(TrainablePast.history, lag: { _ in 1 })
  }

  private func promise(_ folder: TemporaryFolder) throws -> BacktestPromise {
    let path = folder.path + "/backtest.json"
    try writeFile(path) { try $0.write(try Self.backtest.get().json.serialized()) }
    return try BacktestPromise(contentsOf: path)
  }

  /// The list of day 140, with other probabilities where asked for.
  private func list(
    on day: Int = 140, horizonDays: Int = 28, _ change: (Double) -> Double = { $0 }
  ) throws -> LiveList {
    let scores = try Scorer(model: TrainablePast.model.get())
      .score(TrainablePast.history, asOf: pastDay(day))
    return LiveList(
      asOf: pastDay(day), lagDays: 1, horizonDays: horizonDays,
      events: ["deprovisioned", "suspended"],
      rows: scores.subscriptions.map {
        let probability = change($0.probability ?? 0)
        return .init(subscription: $0.identity.id, score: probability, probability: probability)
      })
  }

  @Test func `a list like those of the backtest lies inside`() throws {
    let folder = TemporaryFolder()
    let check = try LiveCheck(
      list(), path: "l", against: promise(folder), TrainablePast.history)
    #expect(check.figures.map(\.name) == ["areaUnderROC", "logLoss", "observedExpectedRatio"])
    #expect(check.rows > 150 && check.lost > 3)
    let pooled = try Self.backtest.get().pooled.model
    #expect(check.figures[0].promised == pooled.ranking[.areaUnderROC])
    #expect(check.figures[1].promised == pooled.probability?.logLoss)
    #expect(check.figures.allSatisfy { !$0.isOutside })
  }

  @Test func `a list in the reverse order, and one of ten times the odds, lie outside`() throws {
    let folder = TemporaryFolder()
    let promise = try promise(folder)
    let reverse = try LiveCheck(
      list { 0.2 * (1 - $0) }, path: "l", against: promise, TrainablePast.history)
    #expect(reverse.figures[0].isOutside)
    let loud = try LiveCheck(
      list { Logistic.probability(logOdds: Logistic.logOdds(probability: $0) + 3) }, path: "l",
      against: promise, TrainablePast.history)
    #expect(!loud.figures[0].isOutside && loud.figures[2].isOutside)
  }

  @Test func `a list whose window is open has no figures, and one of another question is refused`()
    throws
  {
    let folder = TemporaryFolder()
    let promise = try promise(folder)
    let young = try LiveCheck(
      list(on: 189), path: "l", against: promise, TrainablePast.history)
    #expect(young.figures.isEmpty && young.rows == 0)
    let error = #expect(throws: RiskModelError.self) {
      try LiveCheck(
        list(horizonDays: 91), path: "old.json", against: promise, TrainablePast.history)
    }
    #expect(error?.description.contains("old.json") ?? false)
    #expect(error?.description.contains("within 91 days; expected") ?? false)
  }

  @Test func `what is no backtest is refused`() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/x.json"
    try writeFile(path) { try $0.write(#"{ "schemaVersion": 1 }"#) }
    #expect(throws: RiskModelError.invalidBacktest(file: path)) {
      try BacktestPromise(contentsOf: path)
    }
  }
}
