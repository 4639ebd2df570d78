import Features
import Testing

@testable import RiskModel

/// Nobody is blamed for usage that could not be seen yet.
struct EarlyDaysTests {
  @Test func `silence is no reason before a week of life`() {
    for feature in ["neverUsed", "daysSinceLastUsage", "gapsAsLong"] {
      #expect(EarlyDays.speaksTooEarly(feature, life: 1))
      #expect(EarlyDays.speaksTooEarly(feature, life: 6))
      #expect(!EarlyDays.speaksTooEarly(feature, life: 7))
    }
  }

  @Test func `a window is no reason before it has passed, a comparison of two before both have`() {
    #expect(EarlyDays.speaksTooEarly("activeDays28", life: 27))
    #expect(!EarlyDays.speaksTooEarly("activeDays28", life: 28))
    #expect(!EarlyDays.speaksTooEarly("activeDays7", life: 27))
    #expect(EarlyDays.speaksTooEarly("activeDaysTrend28", life: 55))
    #expect(!EarlyDays.speaksTooEarly("activeDaysTrend28", life: 56))
  }

  @Test func `what does not speak of usage, and an unknown start, are never too early`() {
    for feature in FeatureCatalog.descriptions.map(\.name) {
      #expect(!EarlyDays.speaksTooEarly(feature, life: .nan), "\(feature)")
    }
    for feature in ["autoRenew", "daysToTrialEnd", "tenureDays", "cohortLost28", "siblingsLost91"] {
      #expect(!EarlyDays.speaksTooEarly(feature, life: 0), "\(feature)")
    }
  }

  @Test func `the features of missing usage are those of the catalog`() {
    let names = FeatureCatalog.descriptions.filter {
      $0.family == .usageRecency || $0.family == .usageTrend
    }.map(\.name)
    // A feature that is renamed would not be found any more.
    #expect(names.count { EarlyDays.speaksTooEarly($0, life: 0) } >= 20)
    #expect(
      FeatureCatalog.descriptions.filter { EarlyDays.speaksTooEarly($0.name, life: 0) }
        .allSatisfy { names.contains($0.name) })
  }
}
