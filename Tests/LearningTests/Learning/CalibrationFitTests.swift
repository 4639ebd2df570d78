import Testing

@testable import Learning

struct CalibrationFitTests {
  private func parameters(_ map: CalibrationMap) -> [Double] {
    switch map {
    case .identity: []
    case .interceptShift(let b): [b]
    case .platt(let a, let b): [a, b]
    case .beta(let a, let b, let c): [a, b, c]
    case .isotonic(_, let p): p
    }
  }

  @Test func `intercept shift makes the totals agree before it is shrunk`() {
    let z = (0..<400).map { Double($0 % 9) / 3 - 2 }
    let y = (0..<400).map { Double($0 % 4 == 0 ? 1 : 0) }
    let shift = InterceptShift.unshrunk(logOdds: z, labels: y)
    let total = z.reduce(0) { $0 + Logistic.probability(logOdds: $1 + shift) }
    #expect(abs(total - 100) < 1e-6)
    // 150/(150 + 50)
    let shrunk = InterceptShift.fit(logOdds: z, labels: y, positiveGroups: 150)
    #expect(abs(parameters(shrunk)[0] - 0.75 * shift) < 1e-15)
  }

  @Test func `one class changes nothing`() {
    #expect(
      InterceptShift.fit(logOdds: [1, 2], labels: [0, 0], positiveGroups: 0)
        == .interceptShift(b: 0))
    #expect(PlattScaling.fit(logOdds: [1, 2], labels: [1, 1]) == .identity)
    #expect(BetaCalibration.fit(logOdds: [1, 2], labels: [0, 0]) == .identity)
  }

  @Test func `constant log-odds become the base rate`() {
    let map = PlattScaling.fit(logOdds: [2, 2, 2, 2], labels: [1, 0, 0, 0])
    // Targets 2/3 and 1/5 three times: mean 19/60.
    #expect(abs(map.probability(logOdds: 2) - 19.0 / 60) < 1e-9)
    let beta = BetaCalibration.fit(logOdds: [2, 2, 2, 2], labels: [1, 0, 0, 0])
    #expect(abs(beta.probability(logOdds: 2) - 19.0 / 60) < 1e-6)
  }

  @Test func `separated classes stay finite`() {
    let map = PlattScaling.fit(logOdds: [-2, -1, 1, 2], labels: [0, 0, 1, 1])
    #expect(map.isValid)
    #expect(BetaCalibration.fit(logOdds: [-2, -1, 1, 2], labels: [0, 0, 1, 1]).isValid)
  }

  @Test func `pools adjacent violators`() {
    let table = IsotonicRegression.table(x: [1, 2, 3, 4, 5, 6], y: [0, 0, 1, 0, 1, 1])
    #expect(table.x == [1, 2, 3, 4, 5, 6])
    #expect(table.y == [0, 0, 0.5, 0.5, 1, 1])
  }

  @Test func `pools equal scores first, whatever the order of rows`() {
    let table = IsotonicRegression.table(x: [2, 1, 2, 1], y: [1, 0, 0, 1])
    #expect(table.x == [1, 2])
    #expect(table.y == [0.5, 0.5])
  }

  @Test func `isotonic map is never certain`() {
    guard
      case .isotonic(_, let p) = IsotonicRegression.fit(
        logOdds: [1, 2, 3, 4, 5, 6, 7, 8], labels: [0, 0, 0, 0, 1, 1, 1, 1])
    else {
      Issue.record("not isotonic")
      return
    }
    #expect(p.allSatisfy { $0 == 0.1 || $0 == 0.9 })
  }

  /// scipy's L-BFGS-B stops with parameters good to some 1e-5; the objective, flat at its minimum,
  /// is good to 1e-9 of a few hundred.
  @Test func `equals scipy and scikit-learn`() throws {
    for reference in try LearningReference.load().calibration {
      let z = reference.logOdds
      let y = learningLabels(reference.labels)
      for (ours, theirs) in zip(
        parameters(PlattScaling.fit(logOdds: z, labels: y)), reference.platt)
      {
        #expect(abs(ours - theirs) < 1e-4)
      }
      let beta = parameters(BetaCalibration.fit(logOdds: z, labels: y))
      for (ours, theirs) in zip(beta, reference.beta) { #expect(abs(ours - theirs) < 1e-4) }

      let ones = y.reduce(0, +)
      let targets = y.map {
        $0 == 1 ? (ones + 1) / (ones + 2) : 1 / (Double(y.count) - ones + 2)
      }
      let objective = SmallLogisticFit.objective(
        [
          z.map { -Logistic.softplus(-$0) }, z.map { Logistic.softplus($0) },
          [Double](repeating: 1, count: z.count),
        ], [Double](repeating: 0, count: z.count), targets, beta)
      #expect(abs(objective - reference.betaObjective) < 1e-6)

      let table = IsotonicRegression.table(x: reference.tiedScores, y: y)
      for (z, theirs) in zip(reference.grid, reference.isotonic) {
        // The same block means, in another order of addition.
        #expect(abs(IsotonicRegression.interpolate(z, table.x, table.y) - theirs) < 1e-12)
      }
    }
  }
}
