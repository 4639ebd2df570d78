import Features
import Glibc
import Testing

@testable import RiskModel

/// Each line of the published table, and what does not score.
struct RuleScoreTests {
  private func points(_ values: [String: Double]) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: RuleScore.points { values[$0] ?? .nan }.map { ($0.feature, $0.points) })
  }

  private func score(_ values: [String: Double]) -> Double {
    RuleScore.score(RuleScore.points { values[$0] ?? .nan })
  }

  @Test(arguments: [
    (0.0, 0.0), (6, 0), (7, 10), (13, 10), (14, 20), (27, 20), (28, 30), (55, 30), (56, 40),
    (900, 40),
  ])
  func `silence scores by its length`(days: Double, expected: Double) {
    #expect(score(["daysSinceLastUsage": days]) == expected)
  }

  @Test func `silence that is usual for the subscription does not score`() {
    #expect(score(["daysSinceLastUsage": 36, "usualGapDays": 153]) == 0)
    #expect(score(["daysSinceLastUsage": 60, "usualGapDays": 30]) == 0)
    #expect(score(["daysSinceLastUsage": 61, "usualGapDays": 30]) == 40)
    #expect(score(["daysSinceLastUsage": 14, "usualGapDays": 1]) == 20)
  }

  @Test func `nobody has been silent for longer than it exists`() {
    // Usage of 400 days ago, a start three days ago: nothing yet, and 20 points after three weeks.
    #expect(score(["daysSinceLastUsage": 400, "tenureDays": 3]) == 0)
    #expect(score(["daysSinceLastUsage": 400, "tenureDays": 21]) == 20)
    #expect(score(["daysSinceLastUsage": 8, "tenureDays": 300]) == 10)
    // Of eight days of life two could not be seen.
    let late = RuleScore.points(
      { ["daysSinceLastUsage": 400, "tenureDays": 8][$0] ?? .nan }, lagDays: 2)
    #expect(late.isEmpty)
  }

  @Test func `every feature that scores is among those of the table, once`() {
    let everything: [String: Double] = [
      "daysSinceLastUsage": 900, "neverUsed": 1, "tenureDays": 30, "activeDays28": 0,
      "activeDaysTrend28": -2, "autoRenew": 0, "autoRenewSwitchedOff": 1, "daysToTrialEnd": 0,
      "daysToCommitmentEnd": 0, "siblingsLost91": 1,
    ]
    #expect(RuleScore.points { everything[$0] ?? .nan }.map(\.feature) == RuleScore.features)
  }

  @Test func `never used scores from 30 days after the start`() {
    #expect(score(["neverUsed": 1, "tenureDays": 29]) == 0)
    #expect(score(["neverUsed": 1, "tenureDays": 30]) == 30)
    #expect(score(["neverUsed": 0, "tenureDays": 300]) == 0)
    // Without a start nobody can tell.
    #expect(score(["neverUsed": 1]) == 0)
  }

  @Test(arguments: [
    (0, 0, false), (0, 1, true), (1, 1, false), (1, 2, true), (2, 4, true), (3, 4, false),
    (5, 10, true), (6, 10, false), (14, 28, true), (15, 28, false), (10, 5, false),
  ])
  func `fading is at most half of the active days before`(now: Int, before: Int, isFading: Bool) {
    let trend = log(Double(now + 1) / Double(before + 1))
    #expect(
      score(["activeDays28": Double(now), "activeDaysTrend28": trend]) == (isFading ? 15 : 0))
  }

  @Test func `auto-renew that is off, and more when it was just switched off`() {
    #expect(score(["autoRenew": 1]) == 0)
    #expect(score(["autoRenew": 0]) == 20)
    #expect(score(["autoRenew": 0, "autoRenewSwitchedOff": 0]) == 20)
    for (days, expected) in [(0.0, 30.0), (90, 30), (91, 30), (92, 20)] {
      #expect(score(["autoRenew": 0, "autoRenewSwitchedOff": exp(-days / 91)]) == expected)
    }
  }

  @Test func `a trial that ends within 14 days`() {
    for (days, expected) in [(0.0, 15.0), (14, 15), (15, 0)] {
      #expect(score(["daysToTrialEnd": days]) == expected)
    }
  }

  @Test func `a commitment that ends within 30 days without auto-renew`() {
    for (days, expected) in [(-1.0, 20.0), (0, 35), (30, 35), (31, 20)] {
      #expect(score(["autoRenew": 0, "daysToCommitmentEnd": days]) == expected)
    }
    #expect(score(["autoRenew": 1, "daysToCommitmentEnd": 5]) == 0)
    #expect(score(["daysToCommitmentEnd": 5]) == 0)
  }

  @Test func `a customer that just closed another subscription`() {
    #expect(score(["siblingsLost91": 0]) == 0)
    #expect(score(["siblingsLost91": 1]) == 10)
    #expect(score(["siblingsLost91": 7]) == 10)
  }

  @Test func `unknown never scores`() {
    #expect(RuleScore.points { _ in .nan }.isEmpty)
    #expect(score([:]) == 0)
  }

  @Test func `the sum stops at 100`() {
    let worst: [String: Double] = [
      "daysSinceLastUsage": 60, "activeDays28": 0, "activeDaysTrend28": log(1.0 / 20),
      "autoRenew": 0, "autoRenewSwitchedOff": 1, "daysToTrialEnd": 3, "daysToCommitmentEnd": 3,
      "siblingsLost91": 1,
    ]
    // 40 + 15 + 20 + 10 + 15 + 15 + 10 = 125
    #expect(points(worst).values.reduce(0, +) == 125)
    #expect(score(worst) == 100)
  }

  @Test func `every rule looks at features of the catalog`() {
    let names = Set(FeatureCatalog.numeric.map { $0.description.name })
    var asked: Set<String> = []
    _ = RuleScore.points { name in
      asked.insert(name)
      // Values that let every rule look on.
      return name == "neverUsed" ? 1 : 0
    }
    #expect(asked.count >= 10)
    #expect(asked.isSubset(of: names))
  }

  @Test func `the bands are those of the table`() {
    #expect(RuleScore.bands.band(of: 60) == .high)
    #expect(RuleScore.bands.band(of: 59) == .medium)
    #expect(RuleScore.bands.band(of: 35) == .medium)
    #expect(RuleScore.bands.band(of: 34) == .low)
  }
}
