/// Features whose sentences are statistics rather than facts that an account manager can bring up.
///
/// A number that is not known is subtle as well: that a rhythm is unknown helps nobody.
///
/// They speak only where no plain feature of their family has about as much to say.
enum SubtleFeatures {
  static let names: Set<String> = [
    "gapsAsLong", "meanGapDays", "longestGapDays", "activeDaysKnown", "activeWeeksKnown",
    "activeDayShare", "daysSinceFirstUsage", "shareSinceFirstUsage", "expectedSilence28",
    "firstUseDelay", "usageVariation91", "weekendShare91", "usageAgainstPartner",
    "regularServices91", "regions91", "devTestShare91",
    "cohortActiveDays28", "cohortLevel28", "cohortServicesMissed28", "cohortServicesMissed91",
    "cohortServicesMissedKnown", "cohortSilence91", "cohortLevelKnown", "autoRenewAgainstPartner",
    "usageQuantity7", "usageQuantity28", "usageQuantity56", "usageQuantity91",
  ]
}
