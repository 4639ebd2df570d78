import Learning
import Testing

/// Who is chosen, and by which rows.
struct LearnerSelectionTests {
  private func selection(
    _ dataset: Dataset, _ request: LearnerSelection.Request = .auto, embargo: Int32? = nil
  ) -> LearnerSelection {
    LearnerSelection(
      dataset, rows: Array(0..<dataset.rowCount), request: request, embargo: embargo, seed: 1)
  }

  /// The label is whether two numbers have the same sign: no linear model can tell.
  private func checkerboard(rows: Int, seed: UInt64) -> Dataset {
    var generator = SplitMix64(seed: seed)
    let x = (0..<rows).map { _ in 2 * generator.nextUnit() - 1 }
    let y = (0..<rows).map { _ in 2 * generator.nextUnit() - 1 }
    let labels = zip(x, y).map { x, y in
      generator.nextUnit() < (x * y > 0 ? 0.9 : 0.1) ? 1.0 : 0.0
    }
    return Dataset(columnNames: ["x", "y"], columns: [.numeric(x), .numeric(y)], labels: labels)
  }

  @Test func `trees are no candidate with few ones, unless they are asked for`() {
    let few = checkerboard(rows: 500, seed: 3)
    #expect(few.positiveGroupCount(in: 0..<500) < 300)
    #expect(selection(few).candidates.map(\.learner) == [.logistic])
    let asked = selection(few, .boosting)
    #expect(asked.chosen == .boosting && asked.candidates.count == 3)
  }

  @Test func `trees are chosen where lines cannot tell`() throws {
    let dataset = checkerboard(rows: 1500, seed: 4)
    let chosen = selection(dataset)
    #expect(chosen.chosen == .boosting)
    #expect(chosen.predictions == chosen.boosting?.predictions)
    let logistic = try #require(chosen.candidates.first { $0.learner == .logistic })
    #expect(logistic.excess.mean > logistic.excess.standardError)
    #expect(selection(dataset, .logistic).chosen == .logistic)
  }

  @Test func `on later days the blend is taken within one standard error of the best`() throws {
    var blended: LearnerSelection?
    // Where little can be told, the blend is hardly worse than the line that is the truth.
    for seed in UInt64(5)..<15 where blended == nil {
      let selected = selection(
        LearningSample.dataset(rows: 1500, seed: seed, strength: 0.4, rowsPerTime: 75), embargo: 2)
      #expect(selected.logistic.scheme == .forward)
      let blend = try #require(selected.candidates.last)
      #expect(blend.learner == .blend)
      #expect((selected.chosen == .blend) == (blend.excess.mean <= blend.excess.standardError))
      if selected.chosen == .blend { blended = selected }
    }
    let selected = try #require(blended)
    let boosting = try #require(selected.boosting)
    for (index, value) in selected.predictions.logOdds.enumerated() {
      let (linear, trees) = (
        selected.logistic.predictions.logOdds[index], boosting.predictions.logOdds[index]
      )
      #expect(value == (linear + trees) / 2)
    }
  }

  @Test func `a row of a random table is predicted by the models that have not seen it`() {
    let dataset = LearningSample.dataset(rows: 1_200, seed: 12)
    let rows = Array(0..<1_200)
    let logistic = LambdaSelection.choose(dataset, rows: rows, embargo: nil, seed: 4)
    let boosting = BoostingSelection(
      dataset, like: logistic, presets: [.small], embargo: nil, seed: 4)
    let models = boosting.fit(dataset, rows: rows).models
    var deals = [logistic.splits]
    for deal in 1...2 {
      let seed = SplitMix64.mix(4 &+ UInt64(deal))
      deals.append(GroupedFolds(dataset, rows: rows, seed: seed).splits(rows: rows))
    }
    #expect(models.count == deals.reduce(0) { $0 + $1.count })
    var sums = [Double](repeating: 0, count: 1_200)
    for (split, model) in zip(deals.flatMap(\.self), models) {
      for (row, z) in zip(split.assessment, model.logOdds(dataset, rows: split.assessment)) {
        sums[row] += z
      }
    }
    #expect(boosting.predictions.rows == logistic.predictions.rows)
    #expect(boosting.predictions.logOdds == boosting.predictions.rows.map { sums[$0] / 3 })
  }

  @Test func `folds give the bag, splits by time the number of trees`() throws {
    let dataset = LearningSample.dataset(rows: 1500, seed: 6, rowsPerTime: 50)
    let byFold = try #require(selection(dataset, .boosting).boosting)
    #expect(byFold.candidates.allSatisfy { $0.rounds == nil })
    let rows = Array(0..<1500)
    let bag = byFold.fit(dataset, rows: rows)
    // Few rows are dealt into five folds three times.
    #expect(bag.models.count == 15)
    let byTime = selection(dataset, .boosting, embargo: 2)
    #expect(byTime.logistic.scheme == .forward)
    let boosting = try #require(byTime.boosting)
    let rounds = try #require(boosting.choice.rounds)
    #expect(rounds > 0)
    let later = boosting.fit(dataset, rows: rows)
    #expect(later.models.count == 5)
    #expect(later.models.allSatisfy { $0.trees.count == rounds })
  }

  @Test func `the least pooled log-loss chooses the preset`() throws {
    let boosting = try #require(selection(checkerboard(rows: 1500, seed: 7)).boosting)
    #expect(boosting.candidates.map(\.preset) == BoostingPreset.allCases)
    #expect(boosting.choice.logLoss == boosting.candidates.map(\.logLoss).min())
  }

  @Test(arguments: 1...6) func `over folds the least log-loss wins, however close the blend`(
    seed: UInt64
  ) {
    let chosen = selection(LearningSample.dataset(rows: 1500, seed: seed))
    #expect(chosen.logistic.scheme == .groupedFolds && chosen.logistic.lambda.isFinite)
    #expect(chosen.candidates.first { $0.learner == chosen.chosen }?.excess.mean == 0)
  }

  @Test func `reads no row that it was not given`() {
    let dataset = LearningSample.dataset(rows: 1600, seed: 8)
    let rows = Array(0..<1200)
    let flipped = LearningSample.relabeled(dataset) { $0 < 1200 ? $1 : 1 - $1 }
    let left = LearnerSelection(dataset, rows: rows, request: .auto, embargo: nil, seed: 1)
    let right = LearnerSelection(flipped, rows: rows, request: .auto, embargo: nil, seed: 1)
    #expect(left.candidates == right.candidates && left.candidates.count == 3)
    #expect(left.fit(dataset, rows: rows).model == right.fit(flipped, rows: rows).model)
  }

  @Test(arguments: 1...4) func `noise gives the base rate, and says that it cannot rank`(
    seed: UInt64
  ) {
    for embargo in [nil, Int32(2)] {
      let dataset = LearningSample.dataset(
        rows: 1200, seed: 40 + seed, strength: 0, intercept: 0, rowsPerTime: 60)
      let selected = selection(dataset, embargo: embargo)
      #expect(selected.candidates.count == 3)
      if !selected.logistic.lambda.isFinite {
        let base = selected.candidates[0]
        #expect((selected.chosen == .logistic) == (base.excess.mean <= base.excess.standardError))
        #expect(selected.hasRanking == (selected.chosen != .logistic))
      }
    }
  }

  @Test func `tells what kept it from trees that it should have tried`() {
    let all = checkerboard(rows: 40, seed: 9)
    let alone = Dataset(
      columnNames: all.columnNames, columns: all.columns, labels: all.labels,
      groups: [Int32](repeating: 7, count: 40))
    let asked = selection(alone, .boosting)
    #expect(asked.chosen == .logistic && asked.obstacle == .oneGroup)
    // Who does not ask for trees, or gets them, has nothing to be told.
    #expect(selection(alone, .logistic).obstacle == nil)
    #expect(selection(alone).obstacle == nil)
    #expect(selection(all, .boosting).obstacle == nil)
    #expect(BoostingObstacle(rows: 1 << 24, scheme: .forward) == .tooManyRows(1 << 24))
    #expect(BoostingObstacle(rows: 1 << 24 - 1, scheme: .forward) == nil)
    #expect(BoostingObstacle(rows: 1 << 24) == .tooManyRows(1 << 24))
  }
}
