internal import History

/// How often it is used, compared with subscriptions like it.
struct CohortActiveDays: Feature {
  let description = FeatureDescription(
    "cohortActiveDays28", .usageTrend, unit: "days",
    meaning:
      "Days with usage among the 28 up to L − lag, less the mean, in whole days, of the other subscriptions of the same product and commitment end (month).",
    missing: "No product is known, or fewer than ten other subscriptions in the group.",
    source: "usageDate of usage lines; productName, commitmentEndDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.activeDaysAbove
  }
}
