import ForkJoin
import Foundation
import Testing

@testable import Learning

struct GradientBoostingTests {
  func settings(_ change: (inout BoostingSettings) -> Void = { _ in }) -> BoostingSettings {
    var settings = BoostingSettings()
    settings.rounds = 20
    settings.minimumLeafRows = 5
    change(&settings)
    return settings
  }

  @Test func `one split by hand`() {
    // Two rows below 1.5 with no label 1 and two above with label 1: base 0, g = ±½, h = ¼.
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric([1, 1, 2, 2])], labels: [0, 0, 1, 1])
    let model = GradientBoosting(
      settings: settings {
        $0.rounds = 1
        $0.minimumLeafRows = 1
        $0.learningRate = 0.5
        $0.lambda = 1.5
      }, seed: 1
    ).fit(dataset, rows: [0, 1, 2, 3]).model
    #expect(model.baseLogOdds == 0)
    #expect(model.trees.count == 1)
    #expect(model.trees[0].threshold == [1.5])
    // −G/(H + λ)·η = −1/(½ + 1½)·½
    #expect(model.trees[0].values == [-0.25, 0.25])
    #expect(model.trees[0].leafCover == [2, 2])
    #expect(model.logOdds(dataset) == [-0.25, -0.25, 0.25, 0.25])
  }

  @Test(arguments: [[1.0], [0, 1]]) func `one row, or two, are the base rate`(labels: [Double]) {
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric(labels.map { $0 + 1 })], labels: labels)
    let model = GradientBoosting(settings: settings(), seed: 1)
      .fit(dataset, rows: Array(labels.indices)).model
    #expect(model.logOdds(dataset).allSatisfy { $0.isFinite })
    #expect(model.trees.allSatisfy { $0.leafCount == 1 })
  }

  @Test func `no columns, a constant column and one class give no split`() {
    let rows = Array(0..<40)
    for columns in [[], [Column.numeric([Double](repeating: 2, count: 40))]] {
      let dataset = Dataset(
        columnNames: columns.indices.map { "c\($0)" }, columns: columns,
        labels: rows.map { Double($0 % 2) })
      let model = GradientBoosting(settings: settings(), seed: 1).fit(dataset, rows: rows).model
      #expect(model.logOdds(dataset).allSatisfy { abs($0) < 1e-6 })
    }
    let oneClass = Dataset(
      columnNames: ["x"], columns: [.numeric(rows.map(Double.init))],
      labels: [Double](repeating: 1, count: 40))
    let model = GradientBoosting(settings: settings(), seed: 1).fit(oneClass, rows: rows).model
    #expect(model.logOdds(oneClass).allSatisfy { $0 > 3 && $0.isFinite })
  }

  @Test(arguments: BoostingPreset.allCases) func `the same bytes for any number of threads`(
    preset: BoostingPreset
  ) throws {
    let dataset = BoostingSample.dataset(rows: 3000, seed: 3)
    var chosen = preset.settings
    chosen.rounds = 15
    chosen.bagsGroups = preset == .medium
    defer { ThreadCount.set(0) }
    var models: [Data] = []
    for threads in [1, 2, 3] {
      ThreadCount.set(threads)
      let fit = GradientBoosting(settings: chosen, seed: 5, embargo: 2)
        .fit(dataset, rows: Array(0..<2500), validation: Array(2500..<3000))
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      models.append(try encoder.encode(fit.model))
    }
    #expect(models[0] == models[1] && models[0] == models[2])
    let model = try JSONDecoder().decode(BoostedTrees.self, from: models[0])
    #expect(model.trees.count > 5)
  }

  @Test func `the seed decides, and nothing else`() {
    let dataset = BoostingSample.dataset(rows: 600, seed: 3)
    func model(_ seed: UInt64) -> BoostedTrees {
      GradientBoosting(settings: settings { $0.rowShare = 0.5 }, seed: seed)
        .fit(dataset, rows: Array(0..<600)).model
    }
    #expect(model(1) == model(1))
    #expect(model(1) != model(2))
  }

  @Test func `learns what there is to learn, on rows it has not seen`() {
    let dataset = BoostingSample.dataset(rows: 8000, seed: 7, levelCount: 100)
    let rows = Array(0..<6000)
    let judged = Array(6000..<8000)
    let labels = judged.map { dataset.knownLabels[$0] }
    func loss(_ logOdds: [Double]) -> Double {
      zip(logOdds, labels).reduce(0) { $0 + Logistic.loss(logOdds: $1.0, label: $1.1) } / 2000
    }
    let model = GradientBoosting(
      settings: settings { $0.rounds = 60 }, seed: 1
    ).fit(dataset, rows: rows).model
    let base = loss([Double](repeating: model.baseLogOdds, count: 2000))
    // The true probabilities reach about .53 on these rows, the base rate .69.
    #expect(base > 0.67)
    #expect(loss(model.logOdds(dataset, rows: judged)) < 0.57)
  }

  @Test func `log-odds while training are those of the model`() {
    let dataset = BoostingSample.dataset(rows: 900, seed: 11)
    let validation = Array(600..<900)
    let fit = GradientBoosting(
      settings: settings { $0.rowShare = 0.7 }, seed: 1
    ).fit(dataset, rows: Array(0..<600), validation: validation)
    let logOdds = fit.model.logOdds(dataset, rows: validation)
    let loss =
      zip(validation, logOdds).reduce(0) {
        $0 + Logistic.loss(logOdds: $1.1, label: dataset.knownLabels[$1.0])
      } / 300
    #expect(abs(loss - fit.validatedLogLoss[fit.model.trees.count]) < 1e-12)
  }

  @Test func `keeps the trees up to the best validated loss`() throws {
    let dataset = BoostingSample.dataset(rows: 700, seed: 12)
    let fit = GradientBoosting(
      settings: settings {
        $0.rounds = 300
        $0.learningRate = 0.3
        $0.patience = 10
      }, seed: 1
    ).fit(dataset, rows: Array(0..<400), validation: Array(400..<700))
    let best = try #require(fit.validatedLogLoss.min())
    #expect(fit.validatedLogLoss[fit.model.trees.count] == best)
    #expect(fit.validatedLogLoss.count == fit.model.trees.count + 11)
    #expect(fit.model.trees.count > 2)
  }

  @Test func `rows that were not given change nothing`() {
    let dataset = BoostingSample.dataset(rows: 600, seed: 13)
    let rows = Array(0..<400)
    func model(_ dataset: Dataset) -> BoostedTrees {
      GradientBoosting(settings: settings(), seed: 1).fit(dataset, rows: rows).model
    }
    let other = LearningSample.relabeled(dataset) { $0 < 400 ? $1 : 1 - $1 }
    #expect(model(dataset) == model(other))
  }

  @Test(arguments: [1, -1]) func `a monotone feature is monotone in every row`(direction: Int) {
    let dataset = BoostingSample.dataset(rows: 2000, seed: 14)
    let model = GradientBoosting(
      settings: settings {
        $0.monotone = ["x": direction]
        $0.pathSmoothing = direction == 1 ? 0 : 5
        $0.rounds = 40
      }, seed: 1
    ).fit(dataset, rows: Array(0..<2000)).model
    var last = [Double](repeating: -Double(direction) * .infinity, count: 100)
    for x in stride(from: -2.0, through: 2, by: 0.1) {
      var columns = dataset.columns
      columns[0] = .numeric([Double](repeating: x, count: 2000))
      let moved = Dataset(columnNames: dataset.columnNames, columns: columns)
      let logOdds = model.logOdds(moved, rows: Array(0..<100))
      for (row, value) in logOdds.enumerated() {
        #expect((value - last[row]) * Double(direction) >= 0)
      }
      last = logOdds
    }
  }

  @Test func `groups are drawn whole`() {
    let groups = (0..<300).map { Int32($0 / 3) }
    let bagging = Bagging(
      settings: settings {
        $0.rowShare = 0.5
        $0.bagsGroups = true
      }, groups: groups, rows: Array(0..<300), seed: 3)
    let bag = RowPartition(capacity: 300)
    let others = RowPartition(capacity: 300)
    var counts: Set<Int> = []
    for round in 0..<5 {
      bagging.draw(round: round, bag: bag, others: others)
      let rows = unsafe bag.withRows(0..<bag.count) { unsafe $0.map(Int.init) }
      #expect(bag.count + others.count == 300)
      #expect(Dictionary(grouping: rows) { groups[$0] }.values.allSatisfy { $0.count == 3 })
      // 100 groups: four standard errors are 20 groups.
      #expect(abs(bag.count - 150) <= 60)
      counts.insert(rows.hashValue)
    }
    #expect(counts.count == 5)
  }
}
