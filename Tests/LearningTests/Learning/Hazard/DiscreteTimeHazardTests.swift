import Glibc
import Testing

@testable import Learning

/// The pooled hazard: what it is fitted to, and how it spreads a probability over horizons.
struct DiscreteTimeHazardTests {
  private let ends = [28, 56, 91, 182]

  /// A dataset of LearningSample with fates that its first column hastens.
  private func sample(rows: Int, seed: UInt64) -> (dataset: Dataset, exposures: [Exposure]) {
    let dataset = LearningSample.dataset(rows: rows, seed: seed)
    var generator = SplitMix64(seed: seed + 1_000)
    guard case .numeric(let x) = dataset.columns[0] else { return (dataset, []) }
    let exposures = x.map { x -> Exposure in
      let day = Int32(1 - log(1 - generator.nextUnit()) / (0.004 * exp(0.8 * x)))
      let seen = Int32(generator.nextUnit() * 300)
      let isEvent = generator.nextUnit() < 0.8
      return day <= seen
        ? Exposure(seenDays: seen, endDay: day, endsInEvent: isEvent) : Exposure(seenDays: seen)
    }
    return (dataset, exposures)
  }

  @Test func `with intercepts alone the survival is Kaplan and Meier's`() throws {
    // Ten rows. Two lost by day 28, one gone otherwise, and one more lost by day 56; two of the other
    // six can only be seen for 60 days.
    let exposures =
      [10, 28].map { Exposure(seenDays: 200, endDay: $0, endsInEvent: true) }
      + [Exposure(seenDays: 200, endDay: 20)]
      + [Exposure(seenDays: 200, endDay: 40, endsInEvent: true)]
      + [60, 60].map { Exposure(seenDays: $0) }
      + (0..<4).map { Exposure(seenDays: 200, endDay: $0 == 0 ? 90 : nil, endsInEvent: $0 == 0) }
    let dataset = Dataset(columnNames: [], columns: [], rowCount: 10)
    let (hazard, summary) = try #require(
      DiscreteTimeHazard.fit(
        dataset, rows: Array(0..<10), exposures: exposures, periodEnds: [28, 56, 91],
        lambda: .infinity))
    #expect(summary.converged && hazard.effects.coefficients == [])
    let survival = hazard.cumulativeHazards(effect: 0).map { exp(-$0) }
    // 8/10, then 6/7 of those who are left, then 3/4 of those who can be seen.
    for (one, other) in zip(survival, [0.8, 0.8 * 6 / 7, 0.8 * 6 / 7 * 3 / 4]) {
      #expect(abs(one - other) < 1e-15)
    }
  }

  @Test func `one period seen by all is the logistic model of its label`() throws {
    let dataset = LearningSample.dataset(rows: 400, seed: 5)
    let rows = Array(0..<400)
    let exposures = dataset.knownLabels.map {
      Exposure(seenDays: 91, endDay: $0 == 1 ? 50 : nil, endsInEvent: $0 == 1)
    }
    let (hazard, summary) = try #require(
      DiscreteTimeHazard.fit(
        dataset, rows: rows, exposures: exposures, periodEnds: [91], lambda: 0.01))
    let (logistic, _) = LogisticModel.fit(dataset, rows: rows, lambda: 0.01)
    #expect(summary.converged)
    #expect(abs(hazard.intercepts[0] - logistic.intercept) < 1e-6)
    for (one, other) in zip(hazard.effects.coefficients, logistic.coefficients) {
      #expect(abs(one - other) < 1e-6)
    }
    // And started there it has nothing left to do.
    let (again, _) = try #require(
      DiscreteTimeHazard.fit(
        dataset, rows: rows, exposures: exposures, periodEnds: [91], lambda: 0.01,
        startingAt: logistic))
    for (one, other) in zip(again.effects.coefficients, logistic.coefficients) {
      #expect(abs(one - other) < 1e-6)
    }
  }

  @Test func `parameters are those of statsmodels and scipy on the table written out`() throws {
    for reference in try LearningReference.load().hazard {
      var method = NewtonMethod(
        HazardObjective(
          design: reference.design,
          periods: PersonPeriods(reference.all, ends: reference.ends)), reusesCurvature: false)
      let (parameters, summary) = method.minimize(
        LogisticRegression(lambda: reference.penalty, gradientTolerance: 1e-12),
        startingAt: [Double](repeating: 0, count: 3 + reference.ends.count))
      #expect(summary.gradientNorm <= 1e-10)
      for (one, other) in zip(parameters, reference.coefficients + reference.intercepts) {
        #expect(abs(one - other) < 1e-8)
      }
    }
  }

  @Test func `a hazard that no row was seen to the first end of is none`() {
    let dataset = LearningSample.dataset(rows: 5, seed: 6)
    #expect(
      DiscreteTimeHazard.fit(
        dataset, rows: Array(0..<5), exposures: (0..<5).map { _ in Exposure(seenDays: 27) },
        periodEnds: ends, lambda: 0.1) == nil)
  }

  @Test func `periods that nobody was seen to the end of are left out`() throws {
    let (dataset, exposures) = sample(rows: 300, seed: 7)
    let (hazard, _) = try #require(
      DiscreteTimeHazard.fit(
        dataset, rows: Array(0..<300), exposures: exposures.map { $0.cut(toSeen: 100) },
        periodEnds: ends, lambda: 0.1))
    #expect(hazard.periodEnds == [28, 56, 91])
  }

  @Test func `the fit reads the rows given and no other`() throws {
    let (dataset, exposures) = sample(rows: 300, seed: 8)
    let rows = Array(stride(from: 0, to: 300, by: 2))
    let seen = rows.map { exposures[$0] }
    let other = Dataset(
      columnNames: dataset.columnNames,
      columns: dataset.columns.map { column in
        guard case .numeric(let values) = column else { return column }
        return .numeric(values.enumerated().map { $0.isMultiple(of: 2) ? $1 : 77 })
      }, labels: dataset.labels)
    let fits = [dataset, other].map {
      DiscreteTimeHazard.fit($0, rows: rows, exposures: seen, periodEnds: ends, lambda: 0.1)?.hazard
    }
    #expect(fits[0] != nil && fits[0] == fits[1])
  }

  @Test func `a probability is spread by the shares of the cumulative hazard`() {
    // Hazards of 1 − e^−1, 1 − e^−2 and 1 − e^−1: Λ = 1, 3, 4.
    let logits = [1.0, 2, 1].map { Logistic.logOdds(probability: -expm1(-$0)) }
    let hazard = DiscreteTimeHazard(
      periodEnds: [28, 56, 91], intercepts: logits,
      effects: LogisticModel(
        preparation: Preparation(columnNames: [], transforms: [], designColumns: [], dropped: []),
        coefficients: [], intercept: 0))
    let values = hazard.probabilities(
      within: [28, 56, 91], headline: 56, probability: 0.488, effect: 0)
    // 1 − 0.512 = 0.8³: a third of Λ leaves 0.8, four thirds 0.8⁴.
    #expect(abs(values[0] - 0.2) < 1e-14)
    #expect(values[1] == 0.488)
    #expect(abs(values[2] - (1 - 0.4096)) < 1e-14)
  }

  @Test func `probabilities never fall and meet the headline exactly, whatever is given`() throws {
    let (dataset, exposures) = sample(rows: 600, seed: 9)
    let (hazard, _) = try #require(
      DiscreteTimeHazard.fit(
        dataset, rows: Array(0..<600), exposures: exposures, periodEnds: ends, lambda: 0.01))
    var generator = SplitMix64(seed: 10)
    let odd = [0, 1, 1e-300, 1 - 0x1p-53, 0x1p-53, 0x1p-1070]
    for trial in 0..<4_000 {
      let probability = trial < 6 * 4 ? odd[trial / 4] : generator.nextUnit()
      let headline = ends[trial % 4]
      let effect = [-800.0, -40, -1, 0, 1, 40, 800][trial % 7] * generator.nextUnit()
      let values = hazard.probabilities(
        within: ends, headline: headline, probability: probability, effect: effect)
      #expect(values.count == 4 && values[trial % 4] == probability)
      #expect(values.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }
}
