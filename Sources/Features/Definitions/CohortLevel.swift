internal import History

/// How much it uses of what it uses, compared with subscriptions like it that use the same.
struct CohortLevel: Feature {
  let description = FeatureDescription(
    "cohortLevel28", .usageTrend, unit: "log ratio",
    meaning:
      "Quantity of the last 28 days against the geometric mean of the other subscriptions of the same product and commitment end (month) that used the same service, as the mean log ratio of the services.",
    missing: "No usage in 28 days, or no service that ten of the others used.",
    source: "quantity, meterCategory, meterSubcategory, meterUnit; productName, commitmentEndDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.comparison.level
  }
}
