/// Every feature, in the order of the table's columns.
///
/// A model stores the names it was trained on.
package enum FeatureCatalog {
  package static let numeric: [any Feature] =
    [
      DaysSinceLastUsage(), NeverUsed(), UsualGap(), LongestGap(), GapAgainstUsual(), GapsAsLong(),
      MeanGap(), ActiveDaysKnown(), ActiveWeeksKnown(), ActiveDayShare(), DaysSinceFirstUsage(),
      ShareSinceFirstUsage(), ExpectedSilence(), FirstUseDelay(),
    ]
    + usageWindows.map { ActiveDays(windowDays: $0) }
    + usageWindows.map { UsageQuantity(windowDays: $0) }
    + usageWindows.dropLast().map { ActiveDaysTrend(windowDays: $0) }
    + usageWindows.dropLast().map { UsageQuantityTrend(windowDays: $0) }
    + [
      DistinctMeters(windowDays: 28), DistinctMeters(windowDays: 91),
      WeekendShare(), UsageVariation(), UsageAgainstOwnMedian(), UsageAgainstPartner(),
      LastUseLevel(),
      RegularServices(), LostCategories(), StorageOnly(), DevTestShare(), Regions(),
      CostTrend(windowDays: 28), CostTrend(windowDays: 91),
      Tenure(), AutoRenew(), AutoRenewSwitchedOff(), DaysToCommitmentEnd(), DaysSinceRenewal(),
      PastSuspensions(), AutoRenewAgainstPartner(), DaysSinceAutoRenewOff(), DaysSincePlanChange(),
      ReservedShare(), DaysToReservationEnd(), DaysSinceTransfer(),
      InTrial(), DaysToTrialEnd(), TrialConverted(), DaysFromTrialToPaid(),
      LicenseCount(), DaysSinceSeatChange(), SeatTrend(),
      SiblingCount(), OtherProductCount(), SiblingsLost(windowDays: 91),
      SiblingsLost(windowDays: 365), DaysSinceSiblingLoss(),
      SiblingsLostShare(), DaysSinceSiblingUsage(), CustomerReferrals(),
      ResellerLost(), DaysSinceResellerSuspension(), DaysSinceResellerDeprovisioning(),
      DaysSinceFirstResellerLoss(), MarketLost(), MarketReferrals(), MarketSearches(),
      CohortLost(windowDays: 28), CohortLost(windowDays: 91),
      CohortServicesMissed(windowDays: 28), CohortServicesMissed(windowDays: 91),
      CohortServicesMissedKnown(),
      CohortSilence(), CohortActiveDays(), CohortLevel(), CohortLevelKnown(),
    ]

  package static let categorical: [any CategoricalFeature] = [
    CustomerMarket(), ProductName(), PartnerId(), PartnerName(), BillingCycle(),
  ]

  /// Descriptions of all columns: the numeric ones first, in the order of the table.
  package static let descriptions: [FeatureDescription] =
    numeric.map { $0.description } + categorical.map { $0.description }
}
