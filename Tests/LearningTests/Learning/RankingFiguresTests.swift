import ForkJoin
import Testing

@testable import Learning

/// Ranking figures over lists, and their bootstrap of whole groups.
struct RankingFiguresTests {
  private func list(
    _ scores: [Double], _ labels: [Double], values: [Double]? = nil, groups: [Int32]? = nil,
    capacity: Int? = nil
  ) -> JudgedList {
    JudgedList(
      scores: scores, labels: labels,
      values: values ?? [Double](repeating: 1, count: labels.count),
      groups: groups ?? labels.indices.map { Int32($0) }, capacity: capacity)
  }

  private func random(_ count: Int, seed: UInt64, levels: Double) -> JudgedList {
    var generator = SplitMix64(seed: seed)
    let scores = (0..<count).map { _ in (generator.nextUnit() * levels).rounded() / levels }
    return list(
      scores, scores.map { generator.nextUnit() < 0.6 * $0 ? 1 : 0 },
      values: scores.map { _ in generator.nextUnit() }, groups: (0..<count).map { Int32($0 / 3) })
  }

  @Test func `a list of five by hand`() {
    // Places: 1 lost, 2 kept, 3 lost (worth 3), 4 kept, 5 kept; two of them are called.
    let figures = RankingFigures(
      [list([5, 4, 3, 2, 1], [1, 0, 1, 0, 0], values: [1, 9, 3, 9, 9], capacity: 2)], seed: 1)
    let (pairs, precision): (Double, Double) = (5.0 / 6, 0.5 * (1.0 + 2.0 / 3))
    #expect(figures[.areaUnderROC].value == pairs)
    #expect(abs((figures[.averagePrecision].value ?? 0) - precision) < 1e-12)
    #expect(figures[.precisionAtCapacity].value == 0.5)
    #expect(figures[.recallAtCapacity].value == 0.5)
    #expect(figures[.valueRecallAtCapacity].value == 0.25)
    #expect(figures[.liftAtCapacity].value == 1.25)
    #expect(figures[.liftAtTenPercent].value == 2.5)
  }

  @Test func `tied rows share the last places`() {
    // One place for two tied rows, one of which was lost.
    let figures = RankingFigures([list([1, 1, 0], [1, 0, 0], capacity: 1)], seed: 1)
    #expect(figures[.precisionAtCapacity].value == 0.5)
    #expect(figures[.areaUnderROC].value == 0.75)
  }

  /// The bootstrap draws 500 times, so its interval is itself uncertain by some percent.
  @Test(arguments: 0..<3) func `the interval of the area is about that of its clustered variance`(
    number: Int
  ) throws {
    let reference = try LearningReference.load().intervals[number]
    let area = RankingFigures(
      [
        list(
          reference.probabilities, learningLabels(reference.labels), groups: reference.groups)
      ], seed: 1)[.areaUnderROC]
    #expect(abs(try #require(area.value) - reference.areaUnderROC[0]) < 1e-12)
    let width = try #require(area.high) - (try #require(area.low))
    let expected = 2 * Estimate.normalQuantile * reference.areaUnderROC[1]
    // A dozen groups are few for either of them.
    #expect(abs(width / expected - 1) < (number == 2 ? 0.3 : 0.12))
  }

  @Test(arguments: [3.0, 20, 1_000]) func `one list has the metrics' values`(levels: Double) {
    let sample = random(200, seed: 4, levels: levels)
    let figures = RankingFigures([sample], seed: 1)
    func value(_ metric: Metric) -> Double {
      metric.evaluate(probabilities: sample.scores, labels: sample.labels) ?? .nan
    }
    for (ours, metric) in [
      (RankingMetric.areaUnderROC, Metric.areaUnderROC), (.averagePrecision, .averagePrecision),
      (.liftAtTenPercent, .liftAtTenPercent),
    ] {
      #expect(abs((figures[ours].value ?? 0) - value(metric)) < 1e-12)
    }
    #expect(figures[.liftAtCapacity] == figures[.liftAtTenPercent])
  }

  @Test func `weights count as copies`() {
    let sample = random(60, seed: 9, levels: 10)
    let slots = sample.groups.map(Int.init)
    let weights = (0..<20).map { Double([0, 1, 3][$0 % 3]) }
    let rows = slots.indices.flatMap { row in
      [Int](repeating: row, count: Int(weights[slots[row]]))
    }
    let copies = list(
      rows.map { sample.scores[$0] }, rows.map { sample.labels[$0] },
      values: rows.map { sample.values[$0] })
    let copied = RankedList(copies, slots: [Int](repeating: 0, count: rows.count))
      .sums(weights: [1])
    let weighted = RankedList(sample, slots: slots).sums(weights: weights)
    #expect(abs(weighted.precision - copied.precision) < 1e-9)
    #expect(weighted.doubledWins == copied.doubledWins)
    #expect(weighted.doubledPairs == copied.doubledPairs && weighted.rows == copied.rows)
    #expect(abs(weighted.tenthHits - copied.tenthHits) < 1e-9)
    #expect(abs(weighted.capacityValue - copied.capacityValue) < 1e-9)
  }

  @Test func `lists are pooled without a common scale`() {
    // Each list is in perfect order; the second's scores all lie above the first's.
    let pooled = RankingFigures(
      [
        list([0.2, 0.1], [1, 0], groups: [1, 2], capacity: 1),
        list([0.9, 0.8, 0.7], [1, 0, 0], groups: [3, 4, 5], capacity: 1),
      ], seed: 1)
    #expect(pooled[.areaUnderROC].value == 1)
    #expect(pooled[.precisionAtCapacity].value == 1)
    #expect(pooled[.liftAtCapacity].value == 2.5)
  }

  @Test
  func
    `the interval holds the value, narrows with more groups, and its bytes do not depend on threads`()
    throws
  {
    func width(_ count: Int) throws -> Double {
      let auc = RankingFigures([random(count, seed: 2, levels: 50)], seed: 3)[.areaUnderROC]
      let (value, low, high) = (
        try #require(auc.value), try #require(auc.low), try #require(auc.high)
      )
      #expect(low < value && value < high)
      return high - low
    }
    // √(900/225) = 2.
    let ratio = try width(225) / width(900)
    #expect(ratio > 1.5 && ratio < 2.7)
    defer { ThreadCount.set(0) }
    let sample = random(300, seed: 5, levels: 50)
    ThreadCount.set(1)
    let alone = RankingFigures([sample], seed: 7)
    ThreadCount.set(4)
    #expect(RankingFigures([sample], seed: 7) == alone)
    #expect(RankingFigures([sample], seed: 8) != alone)
  }

  @Test func `the interval covers the truth about as often as it says`() {
    // AUC of x = σ(s) against a coin of probability x, over 60 groups of 2 equal rows, 100 times.
    var covered = 0
    for seed in UInt64(0)..<100 {
      var generator = SplitMix64(seed: seed)
      var (scores, labels, groups): ([Double], [Double], [Int32]) = ([], [], [])
      for group in 0..<60 {
        let isLost = generator.nextUnit() < 0.4
        // Scores of lost rows are U(0, 1) + 0.3, of kept ones U(0, 1): AUC = 1 − 0.7²/2 = .755.
        let score = generator.nextUnit() + (isLost ? 0.3 : 0)
        for _ in 0..<2 {
          scores.append(score)
          labels.append(isLost ? 1 : 0)
          groups.append(Int32(group))
        }
      }
      let auc = RankingFigures([list(scores, labels, groups: groups)], seed: seed)[.areaUnderROC]
      if let low = auc.low, let high = auc.high, low <= 0.755, 0.755 <= high { covered += 1 }
    }
    // 95 of 100 with a standard error of 2.2, and percentile intervals are a little short.
    #expect(covered >= 86)
  }

  @Test func `without two churned groups there is no interval`() {
    let one = RankingFigures([list([3, 2, 1], [1, 0, 0])], seed: 1)
    #expect(one[.areaUnderROC] == Estimate(1))
    let none = RankingFigures([list([3, 2, 1], [0, 0, 0])], seed: 1)
    #expect(none[.areaUnderROC] == Estimate(nil))
    #expect(none[.precisionAtCapacity].value == 0)
    #expect(RankingFigures([list([], [])], seed: 1)[.recallAtCapacity] == Estimate(nil))
  }

  @Test func `intervals lie apart only without a common number`() {
    let narrow = Estimate(0.5, low: 0.4, high: 0.6)
    #expect(narrow.liesApart(from: Estimate(0.8, low: 0.61, high: 0.9)))
    #expect(!narrow.liesApart(from: Estimate(0.8, low: 0.6, high: 0.9)))
    #expect(!narrow.liesApart(from: Estimate(0.9)))
  }
}
