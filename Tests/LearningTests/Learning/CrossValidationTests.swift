import Learning
import Testing

struct CrossValidationTests {
  let dataset = LearningSample.dataset(rows: 500, seed: 41)
  /// Two folds to predict, rows that only train and rows that are never used.
  let folds = (0..<500).map { Int32([0, 1, 0, 1, -1, -2][$0 % 6]) }
  let validation = CrossValidation(
    .logistic, seed: 1, path: LambdaPath(initial: [.infinity, 1, 0.1, 0.01]))

  @Test func `predicts exactly the rows of folds 0 and up`() {
    let result = validation.run(dataset, folds: folds)
    #expect(result.folds.map(\.fold) == [0, 1])
    for (fold, p) in zip(folds, result.probabilities) { #expect((fold >= 0) != p.isNaN) }
    #expect(result.folds[0].assessmentRows == folds.count { $0 == 0 })
    #expect(result.folds[0].analysisRows == folds.count { $0 == 1 || $0 == -1 })
  }

  @Test func `a row's own fold cannot influence its prediction`() {
    let before = validation.run(dataset, folds: folds)
    let changed = LearningSample.relabeled(dataset) { folds[$0] == 0 ? 1 - $1 : $1 }
    let after = validation.run(changed, folds: folds)
    for (row, fold) in folds.enumerated() where fold == 0 {
      #expect(before.probabilities[row] == after.probabilities[row])
    }
    #expect(before.probabilities[1] != after.probabilities[1])
  }

  @Test func `fold -2 cannot influence anything`() {
    let before = validation.run(dataset, folds: folds)
    let changed = LearningSample.relabeled(dataset) { folds[$0] == -2 ? 1 - $1 : $1 }
    let after = validation.run(changed, folds: folds)
    #expect(before.probabilities.map(\.bitPattern) == after.probabilities.map(\.bitPattern))
  }

  @Test func `fold -1 trains`() {
    let before = validation.run(dataset, folds: folds)
    let changed = LearningSample.relabeled(dataset) { folds[$0] == -1 ? 1 - $1 : $1 }
    let after = validation.run(changed, folds: folds)
    #expect(before.probabilities[0] != after.probabilities[0])
  }

  @Test func `learns what there is to learn`() throws {
    let result = validation.run(
      dataset, folds: CrossValidation.stratifiedFolds(dataset, seed: 1))
    #expect(result.folds.count == 5)
    let auc = result.summary(of: .areaUnderROC)
    // The true probabilities reach about .86 on such rows; four standard errors are .06.
    #expect(try #require(auc.mean) > 0.80)
    let mean = result.folds.compactMap { $0.metrics[.areaUnderROC] }.reduce(0, +) / 5
    #expect(auc.mean == mean)
    #expect(try #require(auc.standardError) > 0)
  }

  @Test func `judges rows without a twin apart`() {
    // The second half repeats the first with the labels turned round.
    guard case .numeric(let x) = dataset.columns[0] else { return }
    let twice = Dataset(
      columnNames: ["x"], columns: [.numeric(Array(x[..<100]) + Array(x[..<50]))],
      labels: Array(dataset.knownLabels[..<100])
        + dataset.knownLabels[..<50].map { 1 - $0 })
    let result = validation.run(
      twice, folds: [Int32](repeating: 0, count: 100) + [Int32](repeating: -1, count: 50))
    let fold = result.folds[0]
    #expect(fold.twinRows == 50)
    let apart = MetricValues(
      probabilities: Array(result.probabilities[50..<100]),
      labels: Array(twice.knownLabels[50..<100]))
    #expect(fold.metricsWithoutTwins == apart)
    #expect(fold.metrics != apart)
  }

  @Test func `finds the embargo in the gap of the folds`() {
    let timed = Dataset(
      columnNames: ["x"], columns: [.numeric([1, 2, 3, 4])], labels: [0, 1, 0, 1],
      times: [10, 20, 30, 60])
    #expect(CrossValidation.inferredEmbargo(timed, folds: [-1, -1, -2, 0]) == 40)
    #expect(CrossValidation.inferredEmbargo(timed, folds: [0, 1, 0, 1]) == 10)
    #expect(CrossValidation.inferredEmbargo(dataset, folds: folds) == nil)
  }

  @Test func `reports progress fold by fold`() {
    var seen: [Int] = []
    _ = validation.run(dataset, folds: folds) { done, of in seen += [done, of] }
    #expect(seen == [1, 2, 2, 2])
  }

  @Test func `refuses a fold with one class to learn from`() async {
    await #expect(processExitsWith: .failure) {
      let table = Dataset(
        columnNames: ["x"], columns: [.numeric([1, 2, 3, 4])], labels: [0, 1, 1, 1])
      _ = CrossValidation(seed: 1).run(table, folds: [0, 0, 1, 1])
    }
  }

  @Test func `one group gives the base rate`() {
    let rows = 40
    let table = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<rows).map(Double.init))],
      labels: (0..<rows).map { $0 % 4 == 0 ? 1 : 0 },
      groups: (0..<rows).map { $0 < 20 ? 1 : 2 })
    let result = validation.run(table, folds: (0..<rows).map { $0 < 20 ? 0 : -1 })
    #expect(result.folds[0].learned.selection.logistic.scheme == .resubstitution)
    #expect(abs(result.probabilities[0] - 0.25) < 1e-12)
  }

  /// The folds without that group's rows would judge the other label alone.
  @Test(arguments: LearnerSelection.Request.allCases)
  func `a label that all comes from one group gives the base rate`(
    request: LearnerSelection.Request
  ) {
    let rows = 200
    let table = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<rows).map { Double($0 % 17) })],
      labels: (0..<rows).map { $0 < 40 ? 1 : 0 }, groups: (0..<rows).map { Int32($0 / 40) })
    let result = CrossValidation(request, seed: 1).run(
      table, folds: (0..<rows).map { $0 < 120 ? -1 : 0 })
    let chosen = result.folds[0].learned.selection
    #expect(chosen.logistic.scheme == .resubstitution && chosen.boosting == nil)
    #expect(chosen.obstacle == (request == .boosting ? .oneGroup : nil))
    #expect(abs(result.probabilities[199] - 40 / 120.0) < 1e-12)
  }

  @Test func `calibrates forward in time`() {
    let timed = LearningSample.dataset(rows: 2400, seed: 43, rowsPerTime: 60)
    let result = validation.run(timed, folds: (0..<2400).map { $0 < 1800 ? -1 : 0 })
    let learned = result.folds[0].learned
    #expect(learned.selection.logistic.scheme == .forward)
    #expect(learned.calibration.comparedRows > 0)
    #expect(
      learned.probabilities(timed, rows: [2399]) == [result.probabilities[2399]])
  }

  @Test func `a table with the largest number there is in a column is judged, not given up on`() {
    let rows = 300
    let sentinel = Dataset(
      columnNames: ["x", "y"],
      columns: [
        .numeric((0..<rows).map { $0 % 9 == 0 ? .greatestFiniteMagnitude : Double($0 % 50) }),
        .numeric((0..<rows).map { $0 % 11 == 0 ? -.greatestFiniteMagnitude : Double($0 % 13) }),
      ],
      labels: (0..<rows).map { $0 % 50 > 30 || $0 % 7 == 0 ? 1 : 0 })
    let result = validation.run(sentinel, folds: (0..<rows).map { Int32($0 % 2) })
    #expect(result.probabilities.allSatisfy { $0.isFinite && $0 > 0 && $0 < 1 })
    #expect(result.folds.allSatisfy { $0.learned.summary?.converged == true })
  }
}
