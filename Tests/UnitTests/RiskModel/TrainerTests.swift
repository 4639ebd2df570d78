import Features
import Files
import History
import Learning
import Testing

@testable import RiskModel

/// From a history to a model, and what happens when there is too little of it.
struct TrainerTests: PastFixtures {
  @Test func `a history that is long enough gives a fitted model`() throws {
    let result = try TrainablePast.trained.get()
    let model = result.model
    #expect(model.learner == .logistic)
    #expect(model.grade != nil && model.fitted != nil)
    #expect(model.churnedCustomers >= 30 && model.rows >= 500)
    #expect(model.churnedRows >= model.churnedCustomers)
    #expect(model.unobservedRows == 0 && model.attention.isEmpty)
    #expect(model.asOf == pastDay(TrainablePast.lastDay) && model.lagDays == 1)
    // 196 − 28 − 1 = 167, and the export before it is on day 161.
    #expect(model.trainedThrough == pastDay(161))
    let rate = try #require(model.baseRate)
    #expect(
      model.bands == RiskBands(baseRate: rate, highOddsRatio: 4, mediumOddsRatio: 2))
    #expect(try #require(result.judgement).metrics.map(\.name) == Metric.all.map(\.name))
  }

  @Test func `the model finds what the past was made with`() throws {
    // Silence and auto-renew precede the ends of TrainablePast, so it must be found.
    let judgement = try #require(try TrainablePast.trained.get().judgement)
    func value(_ metric: Metric) throws -> Double {
      try #require(judgement.metrics.first { $0.name == metric.name }?.value)
    }
    let area = try value(.areaUnderROC)
    // A third of the ends come after fewer than two weeks of silence: most, not all, are seen coming.
    #expect(area > 0.75)
    let lift = try value(.liftAtTenPercent)
    #expect(lift > 3)
  }

  @Test func `tells each step and how far it is`() throws {
    var steps: [String] = []
    var told: [String: [[Int?]]] = [:]
    _ = try Trainer(recipe: TrainablePast.recipe).train(
      TrainablePast.history, asOf: nil, lagDays: 1, note: { steps.append($0) },
      progress: { told[steps.last ?? "", default: []].append([$0, $1]) })
    #expect(steps.count == 3)
    let customers = TrainablePast.history.customers.count
    // The first reading counts the customers, the second knows them.
    let building = try #require(told[steps[0]])
    #expect(building.contains([customers, nil]) && building.last == [customers, customers])
    // Penalty, calibration, baseline.
    #expect(told[steps[1]] == [[1, 3], [2, 3], [3, 3]])
  }

  @Test func `the same history, recipe and seed give the same bytes`() throws {
    let first = try TrainablePast.trained.get().model.sealed().text
    let again = try Trainer(recipe: TrainablePast.recipe).train(
      OtherBatches(history: TrainablePast.history, size: 17), asOf: nil, lagDays: 1
    ).model.sealed().text
    #expect(first == again)
  }

  @Test func `later days are not looked at`() throws {
    let asOf = pastDay(161)
    let full = try Trainer(recipe: TrainablePast.recipe)
      .train(TrainablePast.history, asOf: asOf, lagDays: 1)
    let cut = try Trainer(recipe: TrainablePast.recipe)
      .train(Replay.cut(TrainablePast.history, at: asOf, lag: 1), asOf: nil, lagDays: 1)
    #expect(full.model.asOf == asOf)
    #expect(full.model.sealed().text == cut.model.sealed().text)
    #expect(
      full.evaluation(sha256: "").serialized() == cut.evaluation(sha256: "").serialized())
  }

  @Test func `too little history ends with rules that say what is short`() throws {
    let past = history(subscription("A").seen(on: 0, 28, 56), subscription("B").seen(on: 0, 28))
    let result = try Trainer(recipe: TrainablePast.recipe).train(past, asOf: nil, lagDays: 0)
    #expect(result.model.learner == .rules)
    #expect(result.judgement == nil && result.model.grade == nil && result.model.fitted == nil)
    #expect(result.model.bands == RuleScore.bands)
    let shortage = try #require(result.data.shortage)
    let attention = try #require(result.model.attention.first { $0.code == "tooLittleHistory" })
    #expect(attention.text.contains(shortage) && attention.text.contains("no probability"))
    // Nobody leaves in this past, and nobody ever will: there is a recipe for that.
    #expect(attention.text.contains("Nobody was seen to leave: '--recipe dormancy-28d'"))
    // The two subscriptions started 400 days before the first export: dated facts were used.
    #expect(result.model.attention.contains { $0.code == "survivorBias" })
    #expect(result.model.unobservedRows > 0)
  }

  @Test func `losses that no window has shown yet are not nobody's leaving`() throws {
    let past = history(
      subscription("A").seen(on: 0, 28, 56),
      subscription("B").seen(on: 0, 28).seen(on: 56) { $0.status = .suspended })
    let result = try Trainer(recipe: TrainablePast.recipe).train(past, asOf: nil, lagDays: 0)
    let attention = try #require(result.model.attention.first { $0.code == "tooLittleHistory" })
    #expect(result.data.churnedCustomers > 0 || attention.text.contains("1 subscription was lost"))
    #expect(!attention.text.contains("Nobody was seen to leave"))
  }

  @Test func `a learner asked for by name is refused with the same text`() throws {
    let past = history(subscription("A").seen(on: 0, 28, 56))
    var recipe = TrainablePast.recipe
    recipe.learner = .logistic
    let error = try #require(throws: RiskModelError.self) {
      try Trainer(recipe: recipe).train(past, asOf: nil, lagDays: 0)
    }
    let rows = try TrainingData(history: past, recipe: recipe, asOf: nil, lagDays: 0)
    #expect(
      error == .tooLittleHistory(learner: "logistic", shortage: try #require(rows.shortage)))
    #expect(error.description.contains("--learner auto"))
  }

  @Test(arguments: [BoostingObstacle.oneGroup, .tooManyRows(1 << 24)])
  func `trees that cannot be fitted are refused by name, and auto says what it does instead`(
    obstacle: BoostingObstacle
  ) throws {
    let asked = TrainingRecipe.Learner.boosting
    #expect(throws: RiskModelError.cannotBoost(obstacle)) { try asked.check(obstacle) }
    try asked.check(nil)
    try TrainingRecipe.Learner.auto.check(obstacle)
    let remark = TrainingAttention.linearOnly(obstacle)
    #expect(remark.severity == .information)
    #expect(remark.text.contains("\(obstacle)") && remark.text.contains("linear model"))
  }

  @Test func `few churners see all features as well`() throws {
    let model = try TrainablePast.trained.get().model
    #expect(model.churnedCustomers < LearnerSelection.fewestPositiveGroupsToBoost)
    #expect(model.featureNames == FeatureCatalog.descriptions.map(\.name))
  }

  @Test func `what is unknown of everyone on most days is left out, and the card says so`() throws {
    let result = try TrainablePast.trained.get()
    let dropped = try #require(result.model.fitted?.logistic).preparation.dropped
    #expect(dropped.contains(DroppedColumn(name: "activeDaysTrend91", reason: .knownAtFewTimes)))
    let line = "- activeDaysTrend91 (unknown of everyone on most days)"
    #expect(result.card(sha256: "").contains(line))
    #expect(!dropped.contains { $0.name == "activeDays28" })
  }

  @Test func `the card and the evaluation tell the same`() throws {
    let result = try TrainablePast.trained.get()
    let card = result.card(sha256: "abc")
    #expect(card.contains("| grade | \(try #require(result.model.grade).rawValue) |"))
    #expect(card.contains("| churned customers | \(result.model.churnedCustomers) |"))
    #expect(card.contains("`abc`"))
    let evaluation = result.evaluation(sha256: "abc")
    #expect(evaluation["modelSha256"]?.string == "abc")
    #expect(evaluation["candidates"]?.array?.count { $0["isChosen"]?.bool ?? false } == 1)
    #expect(evaluation["baselines"]?.array?.count == 2)
    for metric in Metric.all { #expect(card.contains("| \(metric.name) |")) }
  }

  @Test func `nothing that training writes names a customer`() throws {
    let result = try TrainablePast.trained.get()
    let texts = [
      result.model.sealed().text, result.card(sha256: ""),
      result.evaluation(sha256: "").serialized(),
    ]
    for text in texts {
      for customer in TrainablePast.history.customers {
        #expect(!text.contains(customer.customerTenantId))
        for subscription in customer.subscriptions {
          #expect(!text.contains(subscription.id.description))
        }
      }
      // Resellers are tenants, too.
      for number in 0..<4 { #expect(!text.contains(TrainablePast.tenantId(900_000 + number))) }
      #expect(!text.contains("Zephyrine") && !text.contains("Halcyon"))
    }
  }

  // MARK: Nothing to learn

  private func trained(_ learner: TrainingRecipe.Learner) throws -> TrainingResult {
    var recipe = TrainablePast.recipe
    recipe.learner = learner
    return try Trainer(recipe: recipe).train(SteadyPast.longLived, asOf: nil, lagDays: 0)
  }

  @Test func `where no fit beats the base rate, everybody has it, of grade C`() throws {
    let result = try trained(.auto)
    #expect(result.data.shortage == nil)
    #expect(result.model.learner == .logistic && result.model.grade == .c)
    #expect(result.model.calibration == .identity)
    let labels = result.data.table.labels
    let rate = labels.reduce(0, +) / Double(labels.count)
    let scores = try Scorer(model: result.model).score(SteadyPast.longLived, asOf: nil)
    #expect(scores.subscriptions.count == 140)
    for row in scores.subscriptions {
      #expect(abs(try #require(row.probability) - rate) < 1e-9)
    }
    let told = try #require(scores.attention.first { $0.code == "noRanking" })
    #expect(told.text.contains("training rows, \(percent(rate)), so every"))
    let remark = try #require(scores.attention.first { $0.code == "noProvenSkill" })
    #expect(remark.text.contains("high by the model alone") && remark.text.contains("rule score"))
    #expect(remark.text.contains("is no order"))
  }

  @Test func `what was tried in vain is in the evaluation and on the card`() throws {
    let result = try trained(.auto)
    let evaluation = result.evaluation(sha256: "abc")
    #expect(evaluation["learner"]?.string == "logistic" && evaluation["grade"]?.string == "C")
    let chosen = try #require(
      evaluation["candidates"]?.array?.filter { $0["isChosen"]?.bool ?? false })
    // null stands for infinity.
    #expect(chosen.map { $0["lambda"] } == [.null])
    let card = result.card(sha256: "abc")
    #expect(card.contains("| infinity, which is the base rate |"))
    #expect(card.contains("| grade | C |"))
    #expect(card.contains("## The order of lists") && card.contains("by the nearest of these"))
    #expect(card.contains("60 and 35 points of the rule score"))
    // One probability for everybody has no order, whatever the periods' base rates make of it.
    #expect(card.contains("The model is the base rate"))
    for figure in ["areaUnderROC", "liftAtTenPercent", "calibrationSlope", "averagePrecision"] {
      #expect(!card.contains("| \(figure) |"), "\(figure)")
      #expect(try TrainablePast.trained.get().card(sha256: "").contains("| \(figure) |"))
    }
    #expect(card.contains("| logLoss |"))
  }

  @Test func `a learner asked for by name gives the same as auto`() throws {
    var auto = try trained(.auto).model
    let named = try trained(.logistic).model
    auto.recipe.learner = .logistic
    #expect(auto == named)
  }

  @Test func `without churn in the last year nobody is at high risk for it`() throws {
    var recipe = TrainablePast.recipe
    recipe.learner = .logistic
    let past = SteadyPast.make(
      ends: (0..<200).map { $0 < 60 ? 5 + $0 * 2 : nil },
      exports: Array(stride(from: 0, through: 672, by: 28)))
    let result = try Trainer(recipe: recipe).train(past, asOf: nil, lagDays: 0)
    #expect(result.model.attention.contains { $0.code == "baseRateOfAllRows" })
    let rate = try #require(result.model.baseRate)
    #expect(rate == result.data.table.labels.reduce(0, +) / Double(result.data.table.count))
    #expect(rate > 0.01 && result.model.bands.high > 3 * rate)
    #expect(result.card(sha256: "").contains("| base rate, all rows |"))
    let scores = try Scorer(model: result.model).score(past, asOf: nil)
    #expect(scores.subscriptions.allSatisfy { ($0.probability ?? 1) < scores.bands.medium })
  }

  @Test func `the evaluation and the card hold what the solver had to give in on`() throws {
    let result = try TrainablePast.trained.get()
    let fit = try #require(result.evaluation(sha256: "")["fit"])
    #expect(fit["converged"]?.bool == true && fit["ridgeAdded"]?.double == 0)
    #expect(try #require(fit["iterations"]?.int) > 1)
    #expect(try #require(fit["gradientNorm"]?.double) <= 1e-8)
    #expect(result.evaluation(sha256: "")["unconvergedFits"]?.int == 0)
    // Forward in time nothing is dealt into folds.
    #expect(result.evaluation(sha256: "")["keepsDuplicates"] == .null)
    let card = result.card(sha256: "")
    #expect(card.contains("Fits: 0 of the") && card.contains("without a ridge."))
    var forced = result
    forced.summary?.ridgeAdded = 2.5e-7
    #expect(forced.card(sha256: "").contains("with a ridge of up to 2.5e-7"))
    #expect(forced.evaluation(sha256: "")["fit"]?["ridgeAdded"]?.double == 2.5e-7)
  }
}
