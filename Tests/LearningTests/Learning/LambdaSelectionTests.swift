import Learning
import Testing

struct LambdaSelectionTests {
  @Test func `chooses the base rate when there is nothing to learn`() {
    let dataset = LearningSample.dataset(rows: 400, seed: 31, strength: 0)
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<400), embargo: nil, seed: 1)
    #expect(selection.lambda == .infinity)
    #expect(selection.scheme == .groupedFolds)
    #expect(selection.splits.count == 5)
  }

  @Test func `chooses a model when there is something to learn`() throws {
    let dataset = LearningSample.dataset(rows: 800, seed: 32)
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<800), embargo: nil, seed: 1)
    let baseline = try #require(selection.baseline)
    #expect(selection.lambda.isFinite)
    #expect(selection.candidates[selection.best].logLoss < baseline.logLoss - 0.05)
    #expect(baseline.excess.mean > baseline.excess.standardError)
    #expect(selection.unconvergedFits == 0)
  }

  @Test func `takes the strongest penalty within one standard error of the best`() {
    let dataset = LearningSample.dataset(rows: 300, seed: 33)
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<300), embargo: nil, seed: 1)
    let (best, chosen) = (selection.best, selection.chosen)
    #expect(chosen <= best)
    #expect(selection.candidates[best].excess.mean == 0)
    let excess = selection.candidates[chosen].excess
    #expect(excess.mean <= excess.standardError)
    for stronger in selection.candidates[..<chosen] {
      #expect(stronger.excess.mean > stronger.excess.standardError)
    }
  }

  @Test func `splits forward in time when it can`() {
    let dataset = LearningSample.dataset(rows: 1200, seed: 34, rowsPerTime: 60)
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<1200), embargo: 2, seed: 1)
    #expect(selection.scheme == .forward)
    #expect(selection.splitSummaries.map(\.origin) == selection.splits.map(\.origin))
    for (summary, split) in zip(selection.splitSummaries, selection.splits) {
      #expect(summary.analysisRows == split.analysis.count)
      #expect(summary.assessmentPositiveGroups >= 10)
    }
  }

  @Test func `falls back to folds, each at other times, with too few churners per origin`() {
    let dataset = LearningSample.dataset(rows: 120, seed: 35, intercept: -3, rowsPerTime: 6)
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<120), embargo: 2, seed: 1)
    #expect(selection.scheme == .foldsAcrossTimes)
    #expect(selection.splits.count == 20)
    #expect(selection.predictions.rows.sorted() == Array(0..<120))
  }

  @Test func `falls back to folds by group where all rows are of one time`() {
    let dataset = LearningSample.dataset(rows: 120, seed: 35, rowsPerTime: 120)
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<120), embargo: 2, seed: 1)
    #expect(selection.scheme == .groupedFolds)
    #expect(selection.splits.count == 5)
  }

  /// A level of its own for each time explains the days it was learned from and no other day.
  @Test func `asks for a stronger penalty where rows of a day resemble each other`() {
    var generator = SplitMix64(seed: 8)
    let (days, perDay) = (4, 150)
    var labels: [Double] = []
    var marks: [[Double]] = Array(repeating: [], count: 6)
    for _ in 0..<days {
      let (shock, offsets) = (
        3 * generator.nextUnit() - 1.5, marks.indices.map { _ in generator.nextUnit() }
      )
      for _ in 0..<perDay {
        let p = Logistic.probability(logOdds: shock)
        labels.append(generator.nextUnit() < p ? 1 : 0)
        for mark in marks.indices { marks[mark].append(offsets[mark] + generator.nextUnit() / 5) }
      }
    }
    func chosen(times: [Int32]?) -> Double {
      let dataset = Dataset(
        columnNames: marks.indices.map { "mark\($0)" }, columns: marks.map { .numeric($0) },
        labels: labels, groups: labels.indices.map { Int32($0 % perDay) }, times: times)
      return LambdaSelection.choose(
        dataset, rows: Array(labels.indices), embargo: 28, seed: 1
      ).lambda
    }
    #expect(chosen(times: nil) < 1)
    #expect(chosen(times: labels.indices.map { Int32($0 / perDay) }) >= 10)
  }

  @Test func `pools the losses of models that did not see the row`() throws {
    let dataset = LearningSample.dataset(rows: 300, seed: 36)
    let lambda = 0.05
    let selection = LambdaSelection.choose(
      dataset, rows: Array(0..<300), embargo: nil, seed: 1, path: LambdaPath(initial: [lambda]))
    var sum = 0.0
    for (index, split) in selection.splits.enumerated() {
      let (model, _) = LogisticModel.fit(dataset, rows: split.analysis, lambda: lambda)
      let losses = zip(split.assessment, model.logOdds(dataset, rows: split.assessment)).map {
        Logistic.loss(logOdds: $1, label: dataset.knownLabels[$0])
      }
      sum += losses.reduce(0, +)
      // Both stop at a gradient of 1e-8, which over λ is 2e-7 in a coefficient at most.
      let mean = losses.reduce(0, +) / Double(losses.count)
      #expect(abs(selection.candidates[0].splitLogLoss[index] - mean) < 3e-7)
    }
    #expect(abs(selection.candidates[0].logLoss - sum / 300) < 3e-7)
    #expect(selection.predictions.rows.sorted() == Array(0..<300))
  }

  @Test func `continues the path only while the weakest is the best`() {
    let noisy = LearningSample.dataset(rows: 200, seed: 37, strength: 0.3)
    let short = LambdaSelection.choose(noisy, rows: Array(0..<200), embargo: nil, seed: 1)
    #expect(short.candidates.count == 9)
    // Many rows, few columns: hardly any penalty is wanted.
    let clear = LearningSample.dataset(rows: 4000, seed: 38, strength: 4)
    let long = LambdaSelection.choose(clear, rows: Array(0..<4000), embargo: nil, seed: 1)
    #expect(long.candidates.count > 9)
  }

  @Test func `reads no row that it was not given`() {
    let dataset = LearningSample.dataset(rows: 400, seed: 39)
    let rows = Array(0..<200)
    let flipped = LearningSample.relabeled(dataset) { $0 < 200 ? $1 : 1 - $1 }
    let left = LambdaSelection.choose(dataset, rows: rows, embargo: nil, seed: 1)
    let right = LambdaSelection.choose(flipped, rows: rows, embargo: nil, seed: 1)
    #expect(left.candidates == right.candidates)
    #expect(left.predictions == right.predictions)
  }

  @Test func `says whether folds keep exact duplicates together`() {
    let dataset = LearningSample.dataset(rows: 1200, seed: 34, rowsPerTime: 60)
    let rows = Array(0..<1200)
    #expect(
      LambdaSelection.choose(dataset, rows: rows, embargo: nil, seed: 1).keepsDuplicates == true)
    #expect(LambdaSelection.choose(dataset, rows: rows, embargo: 2, seed: 1).keepsDuplicates == nil)
    // Two values only: every group is tied to every other by a duplicate.
    let tied = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<100).map { Double($0 % 2) })],
      labels: (0..<100).map { Double($0 % 3 == 0 ? 1 : 0) },
      groups: (0..<100).map { Int32($0 / 4) })
    #expect(
      LambdaSelection.choose(tied, rows: Array(0..<100), embargo: nil, seed: 1).keepsDuplicates
        == false)
  }
}
