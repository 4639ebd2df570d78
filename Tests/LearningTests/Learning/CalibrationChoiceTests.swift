import Learning
import Testing

struct CalibrationChoiceTests {
  /// Log-odds that are `stretch` times too extreme and `shift` too high, in four later splits whose truth is
  /// `drift` higher.
  private func choose(
    rows: Int, stretch: Double, shift: Double, drift: [Double] = [0, 0, 0, 0],
    rowsPerGroup: Int = 1,
    areLater: Bool = true, seed: UInt64
  ) -> CalibrationChoice {
    var generator = SplitMix64(seed: seed)
    let truth = (0..<rows).map { _ in 6 * generator.nextUnit() - 4 }
    let quarter = rows / 4
    let labels = truth.enumerated().map { row, z in
      generator.nextUnit() < Logistic.probability(logOdds: z + drift[row / quarter]) ? 1.0 : 0.0
    }
    return CalibrationChoice.choose(
      logOdds: truth.map { stretch * $0 + shift }, labels: labels,
      groups: (0..<rows).map { Int32($0 / rowsPerGroup) },
      splits: (0..<4).map {
        Split(
          analysis: Array(0..<$0 * quarter),
          assessment: Array($0 * quarter..<($0 + 1) * quarter))
      }, areLater: areLater)
  }

  @Test func `later splits that do not agree with each other leave probabilities alone`() {
    let drift = [-1.0, -1, 0.1, -1]
    let pooled = choose(rows: 8000, stretch: 1, shift: 0, drift: drift, areLater: false, seed: 8)
    #expect(pooled.map != .identity)
    #expect(pooled.rungs.allSatisfy { $0.differenceOfSplits == nil })
    let later = choose(rows: 8000, stretch: 1, shift: 0, drift: drift, seed: 8)
    #expect(later.map == .identity)
    let agreed = choose(rows: 8000, stretch: 1, shift: 0, drift: [-1, -1, -1, -1], seed: 8)
    #expect(agreed.map != .identity)
  }

  @Test func `leaves right probabilities alone`() {
    let choice = choose(rows: 2400, stretch: 1, shift: 0, seed: 1)
    #expect(choice.map == .identity)
    #expect(choice.rungs.map(\.method) == ["intercept", "platt", "beta"])
    #expect(choice.rungs.allSatisfy { !$0.isAdopted })
  }

  @Test func `stays at identity below a hundred churned customers`() {
    let choice = choose(rows: 240, stretch: 3, shift: 2, seed: 2)
    #expect(choice.positiveGroups < 100)
    #expect(choice.map == .identity)
    #expect(choice.rungs.isEmpty)
  }

  @Test func `corrects a shift with a hundred`() throws {
    let choice = choose(rows: 800, stretch: 1, shift: 1.5, seed: 3)
    #expect((100..<300).contains(choice.positiveGroups))
    #expect(choice.map.method == "intercept")
    guard case .interceptShift(let b) = choice.map else { return }
    // The true shift is -1.5, shrunk by n/(n + 50) with n ≈ 200.
    #expect(b > -1.5 && b < -0.9)
  }

  @Test func `corrects a stretch with three hundred`() {
    let choice = choose(rows: 2400, stretch: 2.5, shift: 0, seed: 4)
    #expect((300..<1000).contains(choice.positiveGroups))
    #expect(choice.map.method == "platt")
    guard case .platt(let a, let b) = choice.map else { return }
    // The inverse stretch is 0.4; its standard error here is about 0.02.
    #expect(abs(a - 0.4) < 0.08)
    #expect(abs(b) < 0.3)
  }

  @Test func `tries isotonic from a thousand on`() {
    let choice = choose(rows: 6000, stretch: 1, shift: 0, seed: 5)
    #expect(choice.positiveGroups >= 1000)
    #expect(choice.rungs.map(\.method) == ["intercept", "platt", "beta", "isotonic"])
  }

  @Test func `counts customers and not their rows`() {
    let choice = choose(rows: 2400, stretch: 2.5, shift: 0, rowsPerGroup: 100, seed: 4)
    #expect(choice.positiveGroups <= 24)
    #expect(choice.map == .identity)
  }

  @Test func `without a later split there is nothing to win`() {
    let choice = CalibrationChoice.choose(
      logOdds: [Double](repeating: 1, count: 500),
      labels: (0..<500).map { Double($0 % 2) }, groups: (0..<500).map { Int32($0) },
      splits: [], areLater: true)
    #expect(choice.map == .identity)
    #expect(choice.comparedRows == 0)
    #expect(choice.identityLogLoss == nil)
  }

  /// Folds, with predictions that are half as far from even odds as they should be.
  private func timidFolds(rowsPerTime: Int?) -> CalibrationChoice {
    let dataset = LearningSample.dataset(rows: 1500, seed: 6, rowsPerTime: rowsPerTime)
    let selection = LambdaSelection.choose(dataset, rows: Array(0..<1500), embargo: nil, seed: 1)
    #expect(selection.scheme == .groupedFolds)
    var timid = selection.predictions
    timid.logOdds = timid.logOdds.map { $0 / 2 }
    return CalibrationChoice.choose(timid, of: selection, dataset, embargo: nil)
  }

  @Test func `folds of rows with times give identity, for they tell nothing of later rows`() {
    let choice = timidFolds(rowsPerTime: 15)
    #expect(choice.map == .identity)
    #expect(choice.comparedRows == 0)
  }

  @Test func `without times each fold is judged by a map of the others`() throws {
    let choice = timidFolds(rowsPerTime: nil)
    #expect(choice.comparedRows == 1500)
    #expect(choice.splitMaps.count == 5)
    #expect(choice.rungs.first { $0.method == "platt" }?.isAdopted == true)
    // What was halved is doubled.
    let (low, high) = (
      Logistic.logOdds(probability: choice.map.probability(logOdds: -0.5)),
      Logistic.logOdds(probability: choice.map.probability(logOdds: 0.5))
    )
    #expect(abs(high - low - 2) < 0.4)
  }

  @Test func `fits earlier rows and judges later ones only`() {
    let dataset = LearningSample.dataset(rows: 3000, seed: 7, rowsPerTime: 100)
    let rows = Array(0..<3000)
    let selection = LambdaSelection.choose(dataset, rows: rows, embargo: 5, seed: 1)
    let choice = CalibrationChoice.choose(
      selection.predictions, of: selection, dataset, embargo: 5)
    #expect(selection.scheme == .forward)
    // The first window has no earlier out-of-sample rows.
    #expect(choice.comparedRows > 0)
    #expect(choice.comparedRows < selection.predictions.rows.count)
  }

  @Test(arguments: [
    (99, []), (100, ["intercept"]), (299, ["intercept"]), (300, ["intercept", "platt", "beta"]),
    (999, ["intercept", "platt", "beta"]), (1000, ["intercept", "platt", "beta", "isotonic"]),
  ])
  func `opens a rung with the hundredth, the three hundredth and the thousandth churned customer`(
    churned: Int, methods: [String]
  ) {
    // Every fourth row churned until all have, so that each quarter has some.
    let rows = 4 * churned
    let choice = CalibrationChoice.choose(
      logOdds: (0..<rows).map { Double($0 % 7) / 4 - 2 },
      labels: (0..<rows).map { $0.isMultiple(of: 4) ? 1 : 0 }, groups: (0..<rows).map { Int32($0) },
      splits: (1..<4).map {
        Split(
          analysis: Array(0..<$0 * churned), assessment: Array($0 * churned..<($0 + 1) * churned))
      }, areLater: true)
    #expect(choice.positiveGroups == churned)
    #expect(choice.rungs.map(\.method) == methods)
  }
}
