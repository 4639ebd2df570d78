import Testing

@testable import Learning

/// The objective of the hazard and its derivatives, against the table that it never makes.
struct HazardObjectiveTests {
  private let ends = [28, 56, 91]

  /// Rows of random features and fates; in the third period nobody is lost.
  private func problem(
    rows: Int, columns: Int, seed: UInt64, lambda: Double = 0
  ) -> HazardObjective {
    var generator = SplitMix64(seed: seed)
    let design = Matrix(
      rowCount: rows, columnCount: columns,
      values: (0..<rows * columns).map { _ in 2 * generator.nextUnit() - 1 })
    let exposures = (0..<rows).map { _ -> Exposure in
      let day = Int32(1 + generator.next() % 90)
      let seen = Int32(generator.next() % 120)
      switch generator.next() % 4 {
      case 0 where day <= 56: return Exposure(seenDays: seen, endDay: day, endsInEvent: true)
      case 1: return Exposure(seenDays: seen, endDay: day)
      default: return Exposure(seenDays: seen)
      }
    }
    var objective = HazardObjective(
      design: design, periods: PersonPeriods(exposures, ends: ends))
    objective.lambda = lambda
    return objective
  }

  private func theta(_ objective: HazardObjective) -> [Double] {
    (0..<objective.parameterCount).map { 0.3 * Double($0 % 5) - 0.7 }
  }

  @Test func `the value is the loss of the table with a row for each period`() {
    let objective = problem(rows: 60, columns: 2, seed: 1, lambda: 0.3)
    let theta = theta(objective)
    var loss = 0.0
    for row in 0..<60 {
      for period in 0..<min(objective.periods.counts[row], 2) {
        let eta =
          objective.design[row, 0] * theta[0] + objective.design[row, 1] * theta[1]
          + theta[2 + period]
        let isLost =
          objective.periods.hasEvent[row] && period == objective.periods.counts[row] - 1
        loss += Logistic.loss(logOdds: eta, label: isLost ? 1 : 0)
      }
    }
    let expected = loss / 60 + 0.15 * (theta[0] * theta[0] + theta[1] * theta[1])
    let value = objective.value(logOdds: objective.logOdds(theta), parameters: theta)
    #expect(abs(value - expected) < 1e-13)
  }

  @Test func `gradient and curvature are the derivatives of the value`() {
    let objective = problem(rows: 200, columns: 3, seed: 2, lambda: 0.2)
    #expect(objective.periods.events[2] == 0 && objective.periods.events[1] > 0)
    let theta = theta(objective)
    func value(_ theta: [Double]) -> Double {
      objective.value(logOdds: objective.logOdds(theta), parameters: theta)
    }
    func gradient(_ theta: [Double]) -> [Double] {
      objective.gradient(logOdds: objective.logOdds(theta), parameters: theta)
    }
    let order = objective.parameterCount
    let curvature = objective.curvature(logOdds: objective.logOdds(theta), parameters: theta)
    let h = 1e-5
    for i in 0..<order {
      var (up, down) = (theta, theta)
      up[i] += h
      down[i] -= h
      #expect(abs((value(up) - value(down)) / (2 * h) - gradient(theta)[i]) < 1e-9)
      // The third period has no event: it is held, its 1 on the diagonal is no derivative.
      for j in i..<order where i < order - 1 {
        let second = (gradient(up)[j] - gradient(down)[j]) / (2 * h)
        let penalty = i == j && i < 3 ? 0.2 : 0
        #expect(abs(second - curvature[i * order + j] - penalty) < 1e-9)
      }
    }
    #expect(gradient(theta)[order - 1] == 0 && curvature[order * order - 1] == 1)
  }

  @Test func `one period is the logistic objective`() {
    var generator = SplitMix64(seed: 3)
    let rows = 40
    let design = Matrix(
      rowCount: rows, columnCount: 2, values: (0..<2 * rows).map { _ in generator.nextUnit() })
    let labels = (0..<rows).map { Double($0 % 3 == 0 ? 1 : 0) }
    let exposures = labels.map {
      Exposure(seenDays: 30, endDay: $0 == 1 ? 5 : nil, endsInEvent: $0 == 1)
    }
    var hazard = HazardObjective(
      design: design, periods: PersonPeriods(exposures, ends: [28]))
    hazard.lambda = 0.1
    let logistic = LogisticObjective(design: design, labels: labels, lambda: 0.1)
    let theta = [0.4, -0.3, -0.5]
    let (eta, etaWithIntercept) = (hazard.logOdds(theta), logistic.logOdds(theta))
    let value = hazard.value(logOdds: eta, parameters: theta)
    #expect(
      abs(value - logistic.value(logOdds: etaWithIntercept, parameters: theta)) < 1e-14)
    for (one, other) in zip(
      hazard.gradient(logOdds: eta, parameters: theta)
        + hazard.curvature(logOdds: eta, parameters: theta),
      logistic.gradient(logOdds: etaWithIntercept, parameters: theta)
        + logistic.curvature(logOdds: etaWithIntercept))
    {
      #expect(abs(one - other) < 1e-14)
    }
  }

  @Test func `sums over blocks equal sums over rows`() {
    let rows = 2 * LogisticObjective.blockRows + 17
    let whole = problem(rows: rows, columns: 2, seed: 4)
    let theta = theta(whole)
    var gradient = [Double](repeating: 0, count: whole.parameterCount)
    for row in 0..<rows {
      let x = [whole.design[row, 0], whole.design[row, 1]]
      for period in 0..<min(whole.periods.counts[row], 2) {
        let eta = x[0] * theta[0] + x[1] * theta[1] + theta[2 + period]
        let isLost = whole.periods.hasEvent[row] && period == whole.periods.counts[row] - 1
        let residual = (Logistic.probability(logOdds: eta) - (isLost ? 1 : 0)) / Double(rows)
        gradient[0] += residual * x[0]
        gradient[1] += residual * x[1]
        gradient[2 + period] += residual
      }
    }
    let found = whole.gradient(logOdds: whole.logOdds(theta), parameters: theta)
    for (one, other) in zip(found, gradient) { #expect(abs(one - other) < 1e-13) }
  }
}
