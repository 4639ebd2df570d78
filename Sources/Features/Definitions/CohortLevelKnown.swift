internal import History

/// How much it has used of what it ever used, compared with subscriptions like it.
///
/// What comes in bursts is compared fairly only over all days.
struct CohortLevelKnown: Feature {
  let description = FeatureDescription(
    "cohortLevelKnown", .usageTrend, unit: "standard deviations",
    meaning:
      "Quantity of all days known, of each service ever used, against the other subscriptions of the same product and commitment end (month) that have used it: how far its logarithm lies above the mean of theirs, in their standard deviations, at most 3; the mean of the services and two more at 0.",
    missing: "Never used, or no service that ten of the others have used.",
    source: "quantity, meterCategory, meterSubcategory, meterUnit; productName, commitmentEndDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.comparison.levelKnown
  }
}
