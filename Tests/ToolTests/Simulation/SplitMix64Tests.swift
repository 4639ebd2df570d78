import Testing

@testable import Simulation

struct SplitMix64Tests {
  @Test func `gives the published sequence`() {
    // Source: S. Vigna, splitmix64.c (public domain), seed 1234567, first five outputs.
    var chance = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in chance.next() } == expected)
  }

  @Test func `gives different streams for different paths`() {
    let paths: [[UInt64]] = [[], [0], [1], [0, 0], [0, 1], [1, 0], [0, 0, 0]]
    var firsts: Set<UInt64> = []
    for path in paths {
      var chance = SplitMix64(seed: 5, path: path)
      firsts.insert(chance.next())
    }
    #expect(firsts.count == paths.count)
  }

  @Test func `draws whole numbers evenly and within the range`() {
    var chance = SplitMix64(seed: 2)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[chance.integer(in: -3...3) + 3] += 1 }
    // Binomial: mean 10,000, standard deviation 93; six of them.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 560 })
  }

  @Test func `draws a standard normal`() {
    var chance = SplitMix64(seed: 3)
    let draws = (0..<40_000).map { _ in chance.normal() }
    let mean = draws.reduce(0, +) / 40_000
    let variance = draws.reduce(0) { $0 + $1 * $1 } / 40_000
    // Standard errors: 0.005 and 0.007.
    #expect(abs(mean) < 0.03)
    #expect(abs(variance - 1) < 0.04)
    #expect(draws.allSatisfy { $0.isFinite })
  }

  @Test func `draws an exponential with its mean`() {
    var chance = SplitMix64(seed: 4)
    let draws = (0..<40_000).map { _ in chance.exponential(mean: 110) }
    // Standard error 0.55.
    #expect(abs(draws.reduce(0, +) / 40_000 - 110) < 3.3)
    #expect(draws.allSatisfy { $0 >= 0 })
  }

  @Test func `picks indices in proportion to their weights and never one of weight zero`() {
    var chance = SplitMix64(seed: 6)
    var counts = [0, 0, 0]
    for _ in 0..<40_000 { counts[chance.index(weights: [3, 0, 1])] += 1 }
    #expect(counts[1] == 0)
    // Standard deviation 87.
    #expect(abs(counts[0] - 30_000) < 520)
  }

  @Test func `marks GUIDs as random ones`() {
    var chance = SplitMix64(seed: 7)
    for _ in 0..<100 {
      let text = Array(chance.guid().exported)
      // RFC 9562 §5.4: version 4, variant 10.
      #expect(text[14] == "4")
      #expect("89AB".contains(text[19]))
    }
  }
}
