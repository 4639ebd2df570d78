import Features
import Glibc
import Testing
import Words

@testable import RiskModel

/// The words of every feature, by hand for the main ones.
struct ReasonTextTests {
  private func text(_ feature: String, _ values: [String: Double]) -> String {
    Language.en.text(ReasonText.message(feature) { values[$0] ?? .nan })
  }

  private func text(_ feature: String, _ value: Double) -> String {
    text(feature, [feature: value])
  }

  @Test func `the sentences that at-risk.json is documented with`() {
    #expect(
      text("daysSinceLastUsage", ["daysSinceLastUsage": 42, "usualGapDays": 2])
        == "No usage for 42 days; its usual gap is 2 days")
    #expect(text("autoRenew", 1) == "Renews automatically")
  }

  @Test func `a silence that is unusual is told with its length`() {
    func text(_ share: Double, _ silent: Double) -> String {
      self.text("gapsAsLong", ["gapsAsLong": share, "daysSinceLastUsage": silent])
    }
    #expect(text(0.02, 17) == "No usage for 17 days, longer than nearly all of its gaps before")
    #expect(text(0.2, 1) == "No usage for 1 day, longer than most of its gaps before")
    #expect(!text(0.25, 17).contains("longer than"))
    #expect(!text(0.02, 0).contains("longer than"))
    #expect(!text(.nan, 17).contains("longer than"))
  }

  @Test func `a silence that began before its start is told from the start`() {
    let values: [String: Double] = [
      "daysSinceLastUsage": 400, "usualGapDays": 2, "tenureDays": 40, "gapsAsLong": 0.01,
    ]
    #expect(text("daysSinceLastUsage", values) == "Never used since its start 40 days ago")
    #expect(!text("gapsAsLong", values).contains("400"))
  }

  @Test(arguments: [
    ("daysSinceLastUsage", 0.0, "Used on the last day known"),
    ("daysSinceLastUsage", 1, "No usage for 1 day"),
    ("usualGapDays", 1, "Usually used every day"),
    ("usualGapDays", 7, "Usually used every 7 days"),
    ("usualGapDays", 2.5, "Usually used every 2.5 days"),
    ("longestGapDays", 1, "Has never paused"),
    ("longestGapDays", 9, "Its longest gap so far was 9 days"),
    ("neverUsed", 0, "Has been used"), ("neverUsed", 1, "Never used"),
    ("tenureDays", 0, "Started today"), ("tenureDays", 1, "Started 1 day ago"),
    ("tenureDays", -3, "Starts in 3 days"),
    ("autoRenew", 0, "Auto-renew is off"),
    ("autoRenewSwitchedOff", 0, "Auto-renew has not been switched off for it alone"),
    ("daysToCommitmentEnd", 0, "The commitment ends today"),
    ("daysToCommitmentEnd", 1, "The commitment ends in 1 day"),
    ("daysToCommitmentEnd", -1, "The commitment ended 1 day ago"),
    ("daysSinceRenewal", 30, "Last renewed 30 days ago"),
    ("pastSuspensions", 0, "Never suspended"), ("pastSuspensions", 1, "Suspended once before"),
    ("pastSuspensions", 2, "Suspended twice before"),
    ("pastSuspensions", 3, "Suspended 3 times before"),
    ("inTrial", 1, "A trial is running"), ("daysToTrialEnd", 1, "The trial ends in 1 day"),
    ("daysToTrialEnd", 0, "The trial ends today"),
    ("daysFromTrialToPaid", 1, "Became paid 1 day after its trial began"),
    ("licenseCount", 0, "No licences"), ("licenseCount", 1, "1 licence"),
    ("licenseCount", 12, "12 licences"),
    ("siblingCount", 0, "The customer's only active Azure subscription"),
    ("siblingCount", 1, "The customer has 1 other active Azure subscription"),
    ("siblingCount", 2, "The customer has 2 other active Azure subscriptions"),
    ("otherProductCount", 1, "The customer has 1 active subscription to other products"),
    ("siblingsLost91", 1, "The customer closed 1 other Azure subscription in the last 91 days"),
    ("siblingsLost365", 2, "The customer closed 2 other Azure subscriptions in the last 365 days"),
    ("daysSinceSiblingLoss", 1, "The customer last closed another Azure subscription 1 day ago"),
    ("activeDays28", 5, "Used on 5 of the last 28 days"),
    ("distinctMeters28", 1, "1 meter used in the last 28 days"),
    ("distinctMeters91", 0, "No meter used in the last 91 days"),
    ("cohortLost28", 0.042, "4.2 % of comparable subscriptions were lost in the last 28 days"),
    (
      "cohortServicesMissed28", 1,
      "Did not use 1 service in the last 28 days that comparable subscriptions commonly use"
    ),
    (
      "cohortServicesMissed28", 0,
      "Uses every service that is common among comparable subscriptions"
    ),
    (
      "cohortServicesMissedKnown", 3,
      "Has never used 3 services that comparable subscriptions commonly use"
    ),
    (
      "cohortServicesMissedKnown", 0,
      "Uses every service that is common among comparable subscriptions"
    ),
    (
      "cohortActiveDays28", -1,
      "In the last 28 days used on 1 day fewer than comparable subscriptions"
    ),
    (
      "cohortActiveDays28", 2.5,
      "In the last 28 days used on 2.5 days more than comparable subscriptions"
    ),
    (
      "cohortActiveDays28", 0.04,
      "Used as often as comparable subscriptions in the last 28 days"
    ),
    (
      "cohortSilence91", 2,
      "Left out so much of what comparable subscriptions used in the last 91 days that chance explains it in 14 % of cases"
    ),
    ("cohortSilence91", 0.04, "Uses every service that is common among comparable subscriptions"),
    ("cohortLevelKnown", -0.5, "Has used less in all than comparable subscriptions"),
    ("cohortLevelKnown", 0.05, "Has used about as much in all as comparable subscriptions"),
    ("cohortLevelKnown", 0.5, "Has used more in all than comparable subscriptions"),
    ("cohortLevel28", 0, "Uses 100 % of what comparable subscriptions use"),
    ("usageQuantity7", 0, "No usage in the last 7 days"),
    ("usageQuantity7", 1, "1 typical line of usage a day over the last 7 days"),
    ("usageQuantity7", 2.34, "2.3 typical lines of usage a day over the last 7 days"),
    ("usageQuantity7", 0.01, "Less than 0.1 typical lines of usage a day over the last 7 days"),
  ])
  func `values in words`(feature: String, value: Double, expected: String) {
    #expect(text(feature, value) == expected)
  }

  @Test func `never used tells since when`() {
    #expect(
      text("neverUsed", ["neverUsed": 1, "tenureDays": 40])
        == "Never used since its start 40 days ago")
    #expect(
      text("daysSinceLastUsage", ["neverUsed": 1, "tenureDays": 1])
        == "Never used since its start 1 day ago")
    #expect(text("daysSinceLastUsage", .nan) == "No usage known")
  }

  @Test(arguments: [0.0, 1, 13, 91, 400])
  func `the day of a switch comes back from its freshness`(days: Double) {
    // The feature is exp(−days/91).
    let expected = days == 0 ? "today" : days == 1 ? "1 day ago" : "\(Int(days)) days ago"
    #expect(
      text("autoRenewSwitchedOff", exp(-days / 91)) == "Auto-renew was switched off \(expected)")
  }

  @Test func `a trend of active days tells both counts`() {
    for (now, before) in [(0, 1), (5, 10), (7, 7), (28, 0)] {
      let values = [
        "activeDays28": Double(now),
        // ActiveDaysTrend: ln((d + 1)/(d₋₁ + 1)).
        "activeDaysTrend28": log(Double(now + 1) / Double(before + 1)),
      ]
      #expect(
        text("activeDaysTrend28", values)
          == "Used on \(now) of the last 28 days and on \(before) of the 28 before")
    }
  }

  @Test func `a trend of quantity tells the change`() {
    func trend(from before: Double, to now: Double) -> String {
      // UsageQuantityTrend: ln((q + w/10)/(q₋₁ + w/10)), per day ln((u + 0.1)/(u₋₁ + 0.1)).
      text(
        "usageQuantityTrend28",
        ["usageQuantity28": now, "usageQuantityTrend28": log((now + 0.1) / (before + 0.1))])
    }
    let period = "in the last 28 days, against the 28 before"
    #expect(trend(from: 4, to: 1.5) == "Usage fell by 63 % \(period)")
    #expect(trend(from: 2, to: 2.1) == "Usage rose by 5 % \(period)")
    #expect(trend(from: 2, to: 5) == "Usage of the last 28 days is 2.5 times that of the 28 before")
    #expect(trend(from: 2, to: 2.01) == "Usage of the last 28 days is about that of the 28 before")
    #expect(trend(from: 0, to: 1) == "Usage in the last 28 days, after none in the 28 before")
    #expect(trend(from: 0, to: 0) == "No usage in the last 56 days")
    #expect(trend(from: 3, to: 0) == "No usage in the last 28 days, after some in the 28 before")
  }

  @Test func `auto-renew is compared with the partner`() {
    let off = ["autoRenew": 0.0, "autoRenewAgainstPartner": -0.94]
    let usual = "94 % of this partner's subscriptions renew automatically"
    #expect(text("autoRenew", off) == "Auto-renew is off; \(usual)")
    var switched = off
    switched["autoRenewSwitchedOff"] = exp(-12.0 / 91)
    switched["daysSinceAutoRenewOff"] = 12
    // It says so once: where the switch was seen, that tells what is usual.
    #expect(text("autoRenew", switched) == "Auto-renew is off")
    for feature in ["autoRenewSwitchedOff", "daysSinceAutoRenewOff"] {
      #expect(text(feature, switched) == "Auto-renew was switched off 12 days ago; \(usual)")
    }
  }

  @Test func `who does as everyone does is not told to do otherwise`() {
    // 1 or 0 less a share: a difference of 0 is on among renewing others, or off among others that are.
    func text(_ isOn: Double) -> String {
      self.text("autoRenewAgainstPartner", ["autoRenew": isOn, "autoRenewAgainstPartner": 0])
    }
    #expect(text(1) == "Renews automatically, as all of this partner's other subscriptions do")
    #expect(text(0) == "Auto-renew is off, as for all of this partner's other subscriptions")
  }

  @Test func `a change of licences tells both counts`() {
    func text(_ before: Double, _ now: Double) -> String {
      // SeatTrend: ln((n + 1)/(n₋₁ + 1)).
      self.text("seatTrend", ["licenseCount": now, "seatTrend": log((now + 1) / (before + 1))])
    }
    #expect(text(40, 25) == "Its licences were last reduced from 40 to 25")
    #expect(text(0, 1_200) == "Its licences were last increased from 0 to 1,200")
  }

  @Test func `every feature of the catalog has words of its own`() {
    for feature in FeatureCatalog.numeric {
      let name = feature.description.name
      for value in [.nan, 0, 1, 2, 30, -1, 1e12] as [Double] {
        let texts = [
          text(name, value),
          Language.en.text(ReasonText.message(name) { $0 == name ? value : 1 }),
        ]
        for text in texts {
          // What has no words of its own is shown by its name.
          #expect(!text.contains(name), "\(name) = \(value): \(text)")
          #expect(!text.contains("nan") && text.count > 8, "\(text)")
          #expect(text.first.map { $0.isUppercase || $0.isNumber || $0 == "-" } ?? false, "\(text)")
          #expect(!text.contains(" 1 days") && !text.hasPrefix("1 licences"), "\(text)")
        }
      }
    }
    for feature in FeatureCatalog.categorical {
      let name = feature.description.name
      for level in [nil, "DE"] {
        #expect(!Language.en.text(ReasonText.message(name, level: level)).contains(name))
      }
    }
  }

  @Test func `a feature without words is shown by its name`() {
    #expect(text("shoeSize", 43) == "shoeSize is 43")
    #expect(text("shoeSize", .nan) == "shoeSize is not known")
    #expect(text("shoeSize28", 1.25) == "shoeSize28 is 1.3")
    #expect(Language.en.text(ReasonText.message("colour", level: "red")) == "colour: red")
  }

  @Test func `numbers have at most one decimal`() {
    #expect(number(2) == "2")
    #expect(number(2.04) == "2")
    #expect(number(2.05) == "2.1")
    #expect(number(-0.5) == "-0.5")
    #expect(number(-0.04) == "0")
    #expect(number(-12.25) == "-12.3")
    #expect(number(1e300) == "1e+300")
    #expect(wholeNumber(1e300) == 1_000_000_000_000_000)
  }
}
