import Learning
import Testing

@testable import RiskModel

/// The published rule of the grade.
struct GradeTests {
  private typealias Grade = RiskModelFile.Grade

  /// A gain of about `mean` in each of 100 groups, plus and minus `spread` by turns.
  private func gain(_ mean: Double, spread: Double) -> PairedDifference {
    PairedDifference(
      (0..<100).map { mean + ($0.isMultiple(of: 2) ? spread : -spread) },
      [Double](repeating: 0, count: 100), groups: Array(0..<100))
  }

  /// An AUC that is surely above ½.
  private let ranks = Estimate(0.7, low: 0.6, high: 0.8)

  @Test func `A needs a sure gain and a lift of three`() {
    let sure = gain(0.1, spread: 0.1)
    #expect(Grade(gain: [sure, sure], ranking: ranks, lift: 3, isForward: true) == .a)
    #expect(Grade(gain: [sure, sure], ranking: ranks, lift: 3.0.nextDown, isForward: true) == .b)
    #expect(Grade(gain: [sure, sure], ranking: ranks, lift: nil, isForward: true) == .b)
  }

  @Test func `a gain within the noise is a C`() {
    // SE² = 100/99 · 100·spread²/100², so SE ≈ spread/10; the bound is mean − 1.96·SE.
    #expect(Grade(gain: [gain(0.1, spread: 0.49)], ranking: ranks, lift: 9, isForward: true) == .a)
    #expect(Grade(gain: [gain(0.1, spread: 0.53)], ranking: ranks, lift: 9, isForward: true) == .c)
    #expect(Grade(gain: [gain(0, spread: 0)], ranking: ranks, lift: 9, isForward: true) == .c)
  }

  @Test func `the better baseline counts`() {
    let sure = gain(0.1, spread: 0.1)
    #expect(
      Grade(gain: [sure, gain(-0.1, spread: 0.1)], ranking: ranks, lift: 5, isForward: true) == .c)
  }

  @Test func `predictions that were not made forward in time are a C`() {
    #expect(Grade(gain: [gain(0.1, spread: 0.1)], ranking: ranks, lift: 5, isForward: false) == .c)
    #expect(Grade(gain: [], ranking: ranks, lift: 5, isForward: true) == .c)
  }

  @Test func `a model that only tells the days apart is a C`() {
    let sure = gain(0.1, spread: 0.1)
    for chance in [Estimate(0.55, low: 0.5, high: 0.6), Estimate(0.49), Estimate(nil)] {
      #expect(Grade(gain: [sure, sure], ranking: chance, lift: 5, isForward: true) == .c)
    }
  }

  @Test func `the lift is that of the first rows of each day's list`() {
    // Day 1: lost, kept, kept, kept; day 2: kept, lost, kept, kept, with higher probabilities all over.
    let probabilities = [0.4, 0.3, 0.2, 0.1, 0.9, 0.8, 0.7, 0.6]
    let labels = [1.0, 0, 0, 0, 0, 1, 0, 0]
    let times: [Int32] = [1, 1, 1, 1, 2, 2, 2, 2]
    func lift(_ capacity: Int?) -> Double? {
      RankingMetric.liftAtCapacity.value(
        of: Judgement.lists(
          probabilities, labels, groups: Array(0..<8), times: times, capacity: capacity))
    }
    // One row of each list: one hit in two calls, against a quarter at random.
    #expect(lift(1) == 2)
    #expect(lift(2) == 2 && lift(4) == 1)
    // A tenth of four rows is one place.
    #expect(lift(nil) == lift(1))
  }
}
