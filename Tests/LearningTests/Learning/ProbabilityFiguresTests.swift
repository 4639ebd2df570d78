import Glibc
import Testing

@testable import Learning

/// Probability figures and their cluster-robust intervals.
struct ProbabilityFiguresTests {
  private let labels: [Double] = [1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0]
  private let probabilities = [0.6, 0.2, 0.3, 0.4, 0.1, 0.7, 0.5, 0.2, 0.6, 0.3, 0.15, 0.25]
  private let groups: [Int32] = [7, 7, 3, 3, 3, 9, 9, 2, 2, 5, 5, 4]

  private var figures: ProbabilityFigures {
    ProbabilityFigures(probabilities: probabilities, labels: labels, groups: groups)
  }

  @Test func `the figures are those of the metrics`() {
    func value(_ metric: Metric) -> Double? {
      metric.evaluate(probabilities: probabilities, labels: labels)
    }
    #expect(figures.logLoss.value == value(.logLoss))
    #expect(figures.calibrationSlope.value == value(.calibrationSlope))
    #expect(figures.calibrationIntercept.value == value(.calibrationIntercept))
    #expect(figures.observedExpectedRatio.value == value(.observedExpectedRatio))
  }

  @Test func `the interval of the log-loss is that of a paired difference to nothing`() throws {
    let losses = zip(probabilities, labels).map { Logistic.loss(probability: $0, label: $1) }
    let alone = PairedDifference(
      losses, [Double](repeating: 0, count: losses.count), groups: groups)
    let low = try #require(figures.logLoss.low)
    #expect(abs(low - (alone.mean - Estimate.normalQuantile * alone.standardError)) < 1e-12)
  }

  @Test func `observed over expected by hand, on the logarithmic scale`() throws {
    // Groups A (y = 1, p = .5) and B (y = 1, p = 1.0 in two rows of .5): R = 2/1.5 = 4/3.
    let ratio = ProbabilityFigures(
      probabilities: [0.5, 0.5, 0.5], labels: [1, 1, 0], groups: [0, 1, 1]
    ).observedExpectedRatio
    #expect(ratio.value == 4.0 / 3)
    // u_A = 1 − 2/3 = 1/3, u_B = 1 − 4/3 = −1/3; SE(ln R) = √(2·2/9)/1.5/(4/3) = 1/3.
    let high = try #require(ratio.high)
    // e^(1.959964/3) = 1.921914.
    #expect(abs(high - 2.562_552) < 1e-5)
    let low = try #require(ratio.low)
    #expect(abs(low * high - 16.0 / 9) < 1e-12)
  }

  @Test func `slope and intercept agree with the sandwich written out`() throws {
    let slope = try #require(figures.calibrationSlope.value)
    let z = probabilities.map { Logistic.logOdds(probability: $0) }
    let fit = try #require(
      SmallLogisticFit.parameters(
        columns: [z, [Double](repeating: 1, count: 12)],
        offsets: [Double](repeating: 0, count: 12), targets: labels, start: [1, 0]))
    let p = z.map { Logistic.probability(logOdds: fit[0] * $0 + fit[1]) }
    let (a, b, d) = z.indices.reduce((0.0, 0.0, 0.0)) { h, i in
      let w = p[i] * (1 - p[i])
      return (h.0 + w * z[i] * z[i], h.1 + w * z[i], h.2 + w)
    }
    // Meat by group, then the first element of H⁻¹·M·H⁻¹.
    var (m11, m12, m22) = (0.0, 0.0, 0.0)
    for group in Set(groups) {
      let rows = groups.indices.filter { groups[$0] == group }
      let u1 = rows.reduce(0) { $0 + (labels[$1] - p[$1]) * z[$1] }
      let u2 = rows.reduce(0) { $0 + (labels[$1] - p[$1]) }
      (m11, m12, m22) = (m11 + u1 * u1, m12 + u1 * u2, m22 + u2 * u2)
    }
    let det = a * d - b * b
    let variance = (d * d * m11 - 2 * d * b * m12 + b * b * m22) / (det * det) * 6 / 5
    let half = Estimate.normalQuantile * variance.squareRoot()
    #expect(abs(try #require(figures.calibrationSlope.high) - (slope + half)) < 1e-8)
    #expect(try #require(figures.calibrationIntercept.low) < 0)
  }

  @Test(arguments: 0..<3) func `values and standard errors are those of statsmodels`(
    number: Int
  ) throws {
    let reference = try LearningReference.load().intervals[number]
    let figures = ProbabilityFigures(
      probabilities: reference.probabilities, labels: learningLabels(reference.labels),
      groups: reference.groups)
    func check(_ estimate: Estimate, _ expected: [Double], _ scale: (Double) -> Double = { $0 })
      throws
    {
      let (value, low, high) = (
        scale(try #require(estimate.value)), scale(try #require(estimate.low)),
        scale(try #require(estimate.high))
      )
      #expect(abs(value - expected[0]) < 1e-7 * max(1, abs(expected[0])))
      let error = (high - low) / 2 / Estimate.normalQuantile
      #expect(abs(error / expected[1] - 1) < 1e-6)
      #expect(abs(low + high - 2 * value) < 1e-9)
    }
    try check(figures.logLoss, reference.logLoss)
    try check(figures.calibrationSlope, reference.calibrationSlope)
    try check(figures.calibrationIntercept, reference.calibrationIntercept)
    try check(figures.observedExpectedRatio, reference.logObservedExpected, { log($0) })
  }

  @Test func `rows that repeat their group's outcome widen the interval`() throws {
    func width(_ groups: [Int32]) throws -> Double {
      let loss = ProbabilityFigures(
        probabilities: (0..<400).map { 0.1 + 0.001 * Double($0 / 4) },
        labels: (0..<400).map { ($0 / 4).isMultiple(of: 5) ? 1 : 0 }, groups: groups
      ).logLoss
      return try #require(loss.high) - (try #require(loss.low))
    }
    let alone = try width((0..<400).map { Int32($0) })
    let clustered = try width((0..<400).map { Int32($0 / 4) })
    // Four equal rows are one observation: √4 times the width, but for their slow drift.
    #expect(abs(clustered / alone - 2) < 0.02)
  }

  @Test func `one group has figures and no interval, one class no calibration`() {
    let one = ProbabilityFigures(
      probabilities: probabilities, labels: labels, groups: labels.map { _ in 1 })
    #expect(one.logLoss.value != nil && one.logLoss.low == nil)
    #expect(one.observedExpectedRatio.low == nil && one.calibrationSlope.low == nil)
    let none = ProbabilityFigures(
      probabilities: [0.1, 0.2], labels: [0, 0], groups: [1, 2])
    #expect(none.calibrationSlope.value == nil && none.calibrationIntercept.value == nil)
    #expect(none.observedExpectedRatio == Estimate(0))
  }
}
