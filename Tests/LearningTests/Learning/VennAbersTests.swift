import Testing

@testable import Learning

/// The range of calibration against a full isotonic regression for each score.
struct VennAbersTests {
  /// The naive twin: the calibration rows and one more, fitted anew.
  private func refitted(_ s: Double, as label: Double, _ z: [Double], _ y: [Double]) -> Double {
    let table = IsotonicRegression.table(x: z + [s], y: y + [label])
    return IsotonicRegression.interpolate(s, table.x, table.y)
  }

  @Test func `by hand`() {
    // Labels 0, 1, 0, 1 at 1, 2, 3, 4.
    let range = VennAbers(logOdds: [3, 1, 4, 2], labels: [0, 0, 1, 1])
    // A 0 or a 1 at 2.5 lies between the 1 and the 0, which it joins: 1/3, 2/3.
    // At 2 it is the same, with the 1 there.
    for s in [2.5, 2] {
      let (low, high) = range.range(logOdds: s)
      #expect(abs(low - 1.0 / 3) < 1e-15 && abs(high - 2.0 / 3) < 1e-15)
    }
    #expect(range.range(logOdds: 0) == (0, 0.5))
    #expect(range.range(logOdds: 1) == (0, 0.5))
    #expect(range.range(logOdds: 4) == (0.5, 1))
    #expect(range.range(logOdds: 9) == (0.5, 1))
  }

  @Test func `one calibration row`() {
    let lost = VennAbers(logOdds: [1], labels: [1])
    #expect(lost.range(logOdds: 0) == (0, 1) && lost.range(logOdds: 1) == (0.5, 1))
    #expect(lost.range(logOdds: 2) == (0.5, 1))
    let kept = VennAbers(logOdds: [1], labels: [0])
    #expect(kept.range(logOdds: 0) == (0, 0.5) && kept.range(logOdds: 2) == (0, 1))
  }

  @Test func `labels of one class`() {
    let kept = VennAbers(logOdds: [1, 2, 3], labels: [0, 0, 0])
    #expect(kept.range(logOdds: 1) == (0, 0.25))
    #expect(kept.range(logOdds: 3) == (0, 0.5) && kept.range(logOdds: 4) == (0, 1))
  }

  @Test(arguments: [(5, 0), (40, 0), (40, 6), (200, 0), (200, 15), (200, 1)])
  func `both values are those of isotonic regressions with the row in them`(
    rows: Int, levels: Int
  ) {
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let z = (0..<rows).map { _ -> Double in
        let u = generator.nextUnit()
        return levels > 0 ? (u * Double(levels)).rounded(.down) : u * 10
      }
      let slope = seed % 3 == 0 ? 0.0 : 0.3
      let y = z.map { generator.nextUnit() < 0.2 + slope * $0 / 5 ? 1.0 : 0 }
      let vennAbers = VennAbers(logOdds: z, labels: y)
      #expect(vennAbers.lower.isValid && vennAbers.upper.isValid)
      for s in z.prefix(30) + (0..<30).map({ _ in 12 * generator.nextUnit() - 1 }) {
        let range = vennAbers.range(logOdds: s)
        #expect(abs(range.low - refitted(s, as: 0, z, y)) < 1e-12)
        #expect(abs(range.high - refitted(s, as: 1, z, y)) < 1e-12)
        #expect(range.low < range.high)
      }
    }
  }

  @Test(arguments: 0..<4) func `both values are those of scikit-learn`(number: Int) throws {
    let reference = try LearningReference.load().vennAbers[number]
    let vennAbers = VennAbers(
      logOdds: reference.logOdds, labels: learningLabels(reference.labels))
    for (index, s) in reference.grid.enumerated() {
      let range = vennAbers.range(logOdds: s)
      #expect(abs(range.low - reference.low[index]) < 1e-12)
      #expect(abs(range.high - reference.high[index]) < 1e-12)
    }
  }

  @Test func `a higher score has a higher range, and a larger sample a narrower one`() {
    func table(_ rows: Int) -> VennAbers {
      var generator = SplitMix64(seed: 3)
      let z = (0..<rows).map { _ in 6 * generator.nextUnit() - 3 }
      return VennAbers(
        logOdds: z,
        labels: z.map { generator.nextUnit() < Logistic.probability(logOdds: $0) ? 1 : 0 })
    }
    let (small, large) = (table(100), table(20_000))
    var (last, width) = ((low: 0.0, high: 0.0), 0.0)
    for s in stride(from: -2.5, through: 2.5, by: 0.05) {
      let (narrow, wide) = (large.range(logOdds: s), small.range(logOdds: s))
      #expect(narrow.low >= last.low && narrow.high >= last.high)
      last = narrow
      width += (wide.high - wide.low) - (narrow.high - narrow.low)
      // Within what 20,000 rows tell of a probability.
      #expect(abs(narrow.low - Logistic.probability(logOdds: s)) < 0.06)
    }
    #expect(width / 101 > 0.02)
  }
}
