import Features
import Files
import History
import Learning
import TestSupport
import Testing

@testable import RiskModel

/// Which horizons a model tells of, and how they were judged.
struct TrainingHorizonsTests: PastFixtures {
  private func horizons(
    _ past: InMemoryHistory, _ change: (inout TrainingRecipe) -> Void = { _ in }
  ) throws -> TrainingHorizons {
    var recipe = TrainablePast.recipe
    change(&recipe)
    return TrainingHorizons(
      try TrainingData(history: past, recipe: recipe, asOf: nil, lagDays: 1), recipe: recipe)
  }

  @Test func `a horizon needs as many rows and churned customers as a model`() {
    // 500 rows seen for 91 days, 499 of them for 92; customers 0 … 29 are lost on days 50 … 79.
    var exposures = (0..<30).map { row in
      Exposure(seenDays: 92, endDay: Int32(50 + row), endsInEvent: true)
    }
    exposures += (30..<500).map { row in Exposure(seenDays: row == 499 ? 91 : 92) }
    let customers: [Int32] = Array(0..<500)
    var fewer = customers
    fewer[0] = 1
    func seen(_ days: [Int], customers: [Int32]) -> [Int] {
      TrainingHorizons.seen(days, headline: 28, exposures, customers: customers)
    }
    #expect(seen([28, 78, 79, 91, 92], customers: customers) == [28, 79, 91])
    // Two losses of one customer are one.
    #expect(seen([28, 79, 91], customers: fewer) == [28])
  }

  @Test func `what was followed far enough is told, and the model's own horizon always`() throws {
    let told = try horizons(TrainablePast.history)
    // Nobody was followed for 182 of the 196 days.
    #expect(told.days == [28, 56, 91] && told.headline == 28)
    #expect(told.periodEnds == [28, 56, 84, 91])
    let other = try horizons(TrainablePast.history) { $0.furtherHorizonsDays = [14, 60, 400] }
    #expect(other.days == [14, 28, 60])
    #expect(other.periodEnds == [14, 28, 56, 60])
    let none = try horizons(TrainablePast.history) { $0.furtherHorizonsDays = [] }
    #expect(none.days == [28] && none.periodEnds == [28])
    let alone = try horizons(history(subscription("A").seen(on: 0, 28, 56), exports: [0, 28, 56]))
    #expect(alone.days == [28])
  }

  @Test func `no horizon is shorter than the spacing of the exports`() throws {
    let told = try horizons(SteadyPast.longLived) { $0.furtherHorizonsDays = [7, 27, 56] }
    #expect(told.days == [28, 56])
  }

  @Test func `dormancy has one horizon`() throws {
    let told = try horizons(TrainablePast.history) { $0.events = [.dormant] }
    #expect(told.days == [28])
  }

  @Test func `the exposures agree with the labels`() throws {
    let recipe = TrainablePast.recipe
    let rows = try TrainingData(
      history: TrainablePast.history, recipe: recipe, asOf: nil, lagDays: 1)
    let told = TrainingHorizons(rows, recipe: recipe)
    #expect(told.exposures.map { $0.hasEvent(within: 28) } == rows.table.labels.map { $0 == 1 })
    #expect(told.exposures.allSatisfy { $0.seenDays >= 28 })
  }

  @Test func `at the model's own horizon the judgement is that of the model`() throws {
    let result = try TrainablePast.trained.get()
    let (judgement, horizons) = (
      try #require(result.judgement), try #require(result.horizons)
    )
    #expect(horizons.horizons.map(\.days) == [28, 56, 91] && horizons.summary.converged)
    let own = horizons.horizons[0]
    #expect(own.rows == judgement.selection.predictions.rows.count)
    for (one, other) in zip(own.metrics, judgement.metrics) {
      #expect(one.name == other.name && one.value == other.value)
    }
    // These log-losses are summed in other orders.
    #expect(abs(try #require(own.evenLogLoss) - (try #require(own.logLoss))) < 1e-12)
    let logLoss = try #require(judgement.metrics.first { $0.name == Metric.logLoss.name }?.value)
    #expect(abs(try #require(own.logLoss) - logLoss) < 1e-12)
  }

  @Test
  func `further horizons are judged on rows that were followed so far, and beat the base rate`()
    throws
  {
    let result = try TrainablePast.trained.get()
    for horizon in try #require(result.horizons).horizons where horizon.days == 56 {
      #expect(horizon.rows > 200 && horizon.churnedCustomers >= 10)
      let loss = try #require(horizon.logLoss)
      #expect(loss < (try #require(horizon.baseRateLogLoss)))
      let ratio = try #require(
        horizon.metrics.first { $0.name == Metric.observedExpectedRatio.name }?.value)
      #expect(ratio > 0.6 && ratio < 1.6)
    }
    let evaluation = result.evaluation(sha256: "")
    #expect(evaluation["horizons"]?["judged"]?.array?.map { $0["days"]?.int } == [28, 56, 91])
    #expect(evaluation["horizons"]?["fit"]?["converged"] == true)
    #expect(result.card(sha256: "").contains("## Other horizons"))
  }

  @Test func `without other horizons nothing is said of them`() throws {
    var recipe = TrainablePast.recipe
    recipe.furtherHorizonsDays = []
    let result = try Trainer(recipe: recipe).train(TrainablePast.history, asOf: nil, lagDays: 1)
    #expect(result.model.horizons == nil && result.horizons == nil)
    #expect(result.evaluation(sha256: "")["horizons"] == .null)
    #expect(!result.card(sha256: "").contains("Other horizons"))
    let scores = try Scorer(model: result.model).score(TrainablePast.history, asOf: nil)
    #expect(scores.subscriptions.allSatisfy { $0.probabilityByHorizon.isEmpty })
  }

  @Test func `for every subscription on every day the probability never falls with the horizon`()
    throws
  {
    let model = try TrainablePast.model.get()
    var rising = 0
    for number in stride(from: 0, through: TrainablePast.lastDay, by: 28) {
      let scores = try Scorer(model: model).score(TrainablePast.history, asOf: pastDay(number))
      for row in scores.subscriptions {
        #expect(row.probabilityByHorizon.map(\.days) == [28, 56, 91])
        let values = row.probabilityByHorizon.map(\.probability)
        #expect(values[0] == row.probability)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 } && values[2] <= 1)
        if values[0] < values[1], values[1] < values[2] { rising += 1 }
      }
    }
    #expect(rising > 1_000)
  }
}
