import Testing

@testable import Learning

struct BoostingLearnerTests {
  @Test func `rounds of least loss over all curves`() {
    #expect(PresetTrial.bestRounds([[3, 2, 1, 2], [3, 1, 2]], weights: [1, 1]) == 1)
    #expect(PresetTrial.bestRounds([[3, 2, 1, 2], [3, 1, 2]], weights: [10, 1]) == 2)
    // A curve that ended goes on as it was.
    #expect(PresetTrial.bestRounds([[3, 2, 1.5, 1], [2, 2]], weights: [1, 1]) == 3)
    #expect(PresetTrial.bestRounds([[1, 2]], weights: [1]) == 0)
  }

  @Test func `folds: the preset of least loss out of fold`() throws {
    let dataset = LearningSample.dataset(rows: 700, seed: 31)
    let learner = BoostingLearner(embargo: nil, seed: 2, maximumRounds: 30)
    let learned = learner.learn(dataset, rows: Array(0..<600))
    let selection = learned.selection
    #expect(selection.scheme == .groupedFolds)
    #expect(selection.candidates.map(\.preset) == [.small, .medium, .deep])
    let losses = selection.candidates.map(\.logLoss)
    #expect(losses[selection.chosen] == losses.min())
    #expect(selection.predictions.rows.sorted() == Array(0..<600))
    let loss =
      zip(selection.predictions.rows, selection.predictions.logOdds).reduce(0) {
        $0 + Logistic.loss(logOdds: $1.1, label: dataset.knownLabels[$1.0])
      } / 600
    #expect(abs(loss - losses[selection.chosen]) < 1e-12)
    #expect(learned.bag.models.count == 5)
    // The true probabilities reach about .86 on such rows; four standard errors are .16.
    let auc = MetricValues(
      probabilities: learned.probabilities(dataset, rows: Array(600..<700)),
      labels: Array(dataset.knownLabels[600...]))[.areaUnderROC]
    #expect(try #require(auc) > 0.7)
  }

  @Test func `times: origins decide, and later rows change nothing before them`() {
    let dataset = LearningSample.dataset(rows: 1800, seed: 33, rowsPerGroup: 2, rowsPerTime: 60)
    let learner = BoostingLearner(presets: [.small], embargo: 2, seed: 2, maximumRounds: 40)
    let learned = learner.learn(dataset, rows: Array(0..<1800))
    let selection = learned.selection
    #expect(selection.scheme == .forward && selection.splits.count >= 2)
    #expect(selection.candidates[0].rounds.count == 1)
    #expect(
      learned.bag.models.allSatisfy { $0.trees.count == selection.candidates[0].rounds[0] })
    let expected = ForwardSplits(embargo: 2).splits(dataset, rows: Array(0..<1800))
    #expect(selection.splits == expected)
    #expect(selection.predictions.rows == expected.flatMap(\.assessment))
  }

  @Test func `one group gives the base rate`() {
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric([1, 2, 3, 4])], labels: [0, 1, 0, 0],
      groups: [1, 1, 1, 1])
    let learned = BoostingLearner(embargo: nil, seed: 1).learn(dataset, rows: [0, 1, 2, 3])
    #expect(learned.selection.scheme == .resubstitution)
    #expect(learned.probabilities(dataset).allSatisfy { abs($0 - 0.25) < 1e-12 })
  }
}
