import Learning
import Testing

struct LearningSplitMix64Tests {
  @Test func `follows the published sequence`() {
    // First five outputs for seed 1234567, https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func `fills the unit interval evenly`() {
    var generator = SplitMix64(seed: 1)
    let draws = (0..<10_000).map { _ in generator.nextUnit() }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
    // Standard error of the mean is 0.0029; four of them.
    #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 0.012)
  }
}
