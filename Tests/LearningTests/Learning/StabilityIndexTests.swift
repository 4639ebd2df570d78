import TestSupport
import Testing

@testable import Learning

/// The population stability index and what chance gives it.
struct StabilityIndexTests {
  @Test func `two bins by hand`() {
    // Shares with half a case in each bin: 30.5/61 against 10.5/61 … both samples have 60 cases.
    let index = StabilityIndex(earlier: [30, 30], later: [10, 50], chance: 0.01)
    // (0.5 − 0.17213) ln(0.5/0.17213) + (0.5 − 0.82787) ln(0.5/0.82787) = 0.34961 + 0.16533.
    #expect(abs(index.value - 0.514_95) < 1e-4)
    // χ²₁ at 1 % is 6.635; times 1/60 + 1/60.
    #expect(abs(index.critical - 6.635 / 30) < 0.01 * 6.635 / 30)
    #expect(index.isAlarm)
  }

  @Test func `the same shares are no drift`() {
    let index = StabilityIndex(earlier: [10, 20, 0], later: [10, 20, 0], chance: 0.01)
    #expect(index.value == 0 && !index.isAlarm)
  }

  @Test func `a change that is sure but small is no alarm`() {
    let index = StabilityIndex(
      earlier: [500_000, 500_000], later: [550_000, 450_000], chance: 0.01)
    #expect(index.value > index.critical && index.value < 0.1 && !index.isAlarm)
  }

  /// 99 % points of the table in Abramowitz & Stegun, 26.8.
  @Test(arguments: [(1, 6.634_90), (2, 9.210_34), (5, 15.086_3), (9, 21.666_0), (30, 50.892_2)])
  func `chi squared is near the table`(degrees: Int, expected: Double) {
    let value = StabilityIndex.chiSquared(exceededWith: 0.01, degreesOfFreedom: degrees)
    #expect(abs(value / expected - 1) < 0.01)
  }

  @Test func `the normal quantile is the table's`() {
    #expect(abs(StabilityIndex.normal(exceededWith: 0.01) - 2.326_347_874) < 1e-8)
  }

  @Test func `without a change it exceeds the critical value about as often as it should`() {
    var random = SeededGenerator(seed: 41)
    var alarms = 0
    for _ in 0..<2_000 {
      func sample(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double.random(in: 0..<1, using: &random) }
      }
      let (before, after) = (sample(200), sample(150))
      let bins = SampleBins(numbers: before)
      let index = StabilityIndex(
        earlier: bins.counts(of: before), later: bins.counts(of: after), chance: 0.05)
      if index.value > index.critical { alarms += 1 }
    }
    // 100 expected; five standard errors are 49.
    #expect((40...150).contains(alarms), "\(alarms)")
  }

  @Test func `bins hold about as many, and what is unknown has its own`() {
    let numbers = (1...100).map(Double.init) + [.nan, .nan]
    let counts = SampleBins(numbers: numbers).counts(of: numbers)
    #expect(counts.count == 11 && counts.last == 2)
    #expect(counts.dropLast().allSatisfy { (9...11).contains($0) })
    #expect(SampleBins(numbers: [5, 5, 5]).counts(of: [4, 5, 6, .nan]) == [1, 1, 1, 1])
  }

  @Test func `rare and new levels share a bin`() {
    let levels: [String?] = ["a", "a", "b", nil]
    #expect(SampleBins(levels: levels).counts(of: ["a", "c", "b", nil, nil]) == [1, 1, 1, 2])
  }
}
