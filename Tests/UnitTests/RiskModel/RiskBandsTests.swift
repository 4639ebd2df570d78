import Testing

@testable import RiskModel

/// Bands by odds against the base rate.
struct RiskBandsTests {
  @Test func `four and two times the odds of a base rate of 2.1 percent`() {
    // Odds 0.021/0.979; four times them are the odds of 0.079, twice those of 0.041.
    let bands = RiskBands(baseRate: 0.021, highOddsRatio: 4, mediumOddsRatio: 2)
    #expect((bands.high * 1000).rounded() == 79)
    #expect((bands.medium * 1000).rounded() == 41)
  }

  @Test func `odds, not probabilities, are multiplied`() {
    // Odds of one half are 1; four times that is 4/5, twice is 2/3.
    let bands = RiskBands(baseRate: 0.5, highOddsRatio: 4, mediumOddsRatio: 2)
    #expect(abs(bands.high - 0.8) < 1e-15)
    #expect(abs(bands.medium - 2.0 / 3) < 1e-15)
  }

  @Test func `limits are inclusive`() {
    let bands = RiskBands(high: 0.4, medium: 0.2)
    #expect(bands.band(of: 0.4) == .high)
    #expect(bands.band(of: 0.4.nextDown) == .medium)
    #expect(bands.band(of: 0.2) == .medium)
    #expect(bands.band(of: 0.2.nextDown) == .low)
    #expect(bands.band(of: 0) == .low)
    #expect(bands.band(of: 1) == .high)
  }

  @Test func `bands stay inside 0 and 1 for any base rate`() {
    for rate in [1e-6, 0.001, 0.3, 0.9, 1 - 1e-6] {
      let bands = RiskBands(baseRate: rate, highOddsRatio: 1_000, mediumOddsRatio: 1.001)
      #expect(rate < bands.medium && bands.medium < bands.high && bands.high < 1)
    }
  }
}
