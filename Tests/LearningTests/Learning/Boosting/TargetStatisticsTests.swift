import Testing

@testable import Learning

struct TargetStatisticsTests {
  let codes: [Int32] = [0, 0, 1, 0, -1, 0]
  let labels: [Double] = [1, 0, 1, 1, 0, 0]

  func statistics(
    rows: [Int], times: [Int32]? = nil, embargo: Int32 = 0, seed: UInt64 = 1
  ) -> TargetStatistics {
    TargetStatistics(
      codes: codes, levelCount: 2, labels: labels, rows: rows, times: times, embargo: embargo,
      prior: 2, seed: seed)
  }

  @Test func `a level's statistic is pulled towards the base rate`() {
    let found = statistics(rows: [0, 1, 2, 3])
    // Base rate ¾; level 0 has two ones in three rows, level 1 one in one, the unknown no row.
    // (2 + 2·¾)/5 and (1 + 2·¾)/3.
    let expected: [Double] = [0.75, 3.5 / 5, 2.5 / 3]
    #expect(found.ofLevel == expected)
    #expect(found.logCountOfLevel[0] == 0)
    #expect(abs(found.logCountOfLevel[1] - 1.3862943611198906) < 1e-15)
  }

  @Test func `a row sees only labels known at its time`() {
    let times: [Int32] = [10, 20, 20, 30, 30, 40]
    let rows = [5, 3, 1, 0]
    let found = statistics(rows: rows, times: times, embargo: 10)
    let base = 0.5
    func expected(_ ones: Double, _ n: Double) -> Double { (ones + 2 * base) / (n + 2) }
    #expect(found.ofRow == [expected(2, 3), expected(1, 2), expected(1, 1), expected(0, 0)])
    let later = statistics(rows: rows, times: times, embargo: 15)
    #expect(later.ofRow == [expected(1, 2), expected(1, 1), expected(0, 0), expected(0, 0)])
    let atOnce = statistics(rows: rows, times: [1, 1, 1, 1, 1, 1])
    #expect(atOnce.ofRow == [0.5, 0.5, 0.5, 0.5])
  }

  @Test(arguments: 1...10) func `in random order a row sees no row of its own group`(seed: UInt64) {
    // Each group has a level and a label of its own: a row that saw its group would know its label.
    let rows = 60
    let groups = (0..<rows).map { Int32($0 / 6) }
    let found = TargetStatistics(
      codes: groups, levelCount: 10, labels: groups.map { Double($0 % 2) }, rows: Array(0..<rows),
      times: nil, groups: groups, embargo: 0, prior: 2, seed: seed)
    #expect(found.ofRow.allSatisfy { $0 == 0.5 })
  }

  @Test(arguments: 1...10) func `in random order a row sees those before it`(seed: UInt64) {
    let rows = [0, 1, 3, 5]
    let found = statistics(rows: rows, seed: seed).ofRow
    // All of one level with base rate ½: in some order each row sees the ones before it.
    func isExplained(_ order: [Int]) -> Bool {
      guard order.count < 4 else { return true }
      let ones = order.reduce(0) { $0 + labels[rows[$1]] }
      let expected = (ones + 1) / (Double(order.count) + 2)
      return (0..<4).contains {
        !order.contains($0) && found[$0] == expected && isExplained(order + [$0])
      }
    }
    #expect(isExplained([]))
  }
}

struct FeatureEncoderTests {
  let dataset = BoostingSample.dataset(rows: 2000, seed: 1)

  @Test func `in time many levels become one number: a count would tell what comes later`() {
    let fitted = FittedFeatures(
      dataset, rows: Array(0..<2000), settings: BoostingSettings(), embargo: 0, seed: 1)
    #expect(fitted.encoder.features.map(\.rawColumn) == [0, 1, 2, 3, 4])
  }

  @Test
  func `a column that tells the time is no feature, and without features there are no splits`() {
    let values = (0..<200).map { $0 < 120 ? .nan : Double($0) }
    let dark = Dataset(
      columnNames: ["late"], columns: [.numeric(values)],
      labels: (0..<200).map { Double($0 % 2) }, times: (0..<200).map { Int32($0 / 40) })
    let rows = Array(0..<200)
    let fitted = FittedFeatures(
      dark, rows: rows, settings: BoostingSettings(), embargo: 0, seed: 1)
    #expect(fitted.encoder.features.isEmpty)
    let model = GradientBoosting(settings: BoostingSettings(), seed: 1).fit(dark, rows: rows).model
    #expect(model.logOdds(dark, rows: [0, 199]) == [0, 0])
    #expect(model.contributions(dark, rows: [0]).withRow(0) { $0[0] } == 0)
    let known = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<200).map(Double.init))], labels: dark.labels,
      times: dark.times)
    #expect(
      FittedFeatures(known, rows: rows, settings: BoostingSettings(), embargo: 0, seed: 1)
        .encoder.features.count == 1)
  }

  @Test func `few levels stay levels, many become two numbers`() {
    let untimed = Dataset(
      columnNames: dataset.columnNames, columns: dataset.columns, labels: dataset.labels)
    let fitted = FittedFeatures(
      untimed, rows: Array(0..<2000), settings: BoostingSettings(), embargo: 0, seed: 1)
    #expect(fitted.encoder.features.map(\.rawColumn) == [0, 1, 2, 3, 4, 4])
    guard case .level(let levels) = fitted.encoder.features[3].source else {
      Issue.record("seven levels are no levels")
      return
    }
    #expect(levels.count == 7)
    guard case .numberOfLevel(let areas, _, _, let unseen) = fitted.encoder.features[5].source
    else {
      Issue.record("three hundred levels are levels")
      return
    }
    #expect(areas.count > 290 && unseen == 0)
  }

  @Test func `levels are found by name, and unseen ones are told apart`() {
    let fitted = FittedFeatures(
      dataset, rows: Array(0..<2000), settings: BoostingSettings(), embargo: 0, seed: 1)
    let other = Dataset(
      columnNames: dataset.columnNames,
      columns: [
        .numeric([0, 0, 0]), .numeric([0, 0, 0]), .numeric([0, 0, 0]),
        .categorical(codes: [0, 1, -1], levels: ["k3", "new"]),
        .categorical(codes: [0, 1, 1], levels: ["a7", "new"]),
      ])
    let columns = fitted.encoder.columns(other)
    #expect((0..<3).map { columns[3].value($0) } == [4, 0, 0])
    let base = dataset.knownLabels.reduce(0, +) / 2000
    #expect(columns[4].value(1) == base)
    #expect(columns[4].value(0) != base)
  }

  @Test func `training rows do not see their own label in a target statistic`() {
    let rows = Array(0..<1500)
    let fitted = FittedFeatures(
      dataset, rows: rows, settings: BoostingSettings(), embargo: 1, seed: 1)
    let changed = LearningSample.relabeled(dataset) { $0 == 700 ? 1 - $1 : $1 }
    let again = FittedFeatures(
      changed, rows: rows, settings: BoostingSettings(), embargo: 1, seed: 1)
    // Only the base rate moves: by 1/1500 times the weight of the prior.
    let before = fitted.columns[4].value(700)
    #expect(abs(before - again.columns[4].value(700)) <= 1.0 / 1500)
    // Rows that do not train see all that do.
    let scored = fitted.encoder.columns(dataset)[4]
    #expect(fitted.columns[4].value(1800) == scored.value(1800))
    #expect(rows.contains { fitted.columns[4].value($0) != scored.value($0) })
  }
}
