internal import History

/// What subscriptions like this one have taken up, and this one never has.
///
/// Some services are used once, or once in a while: a window of days says of them when they were used
/// rather than who uses them.
struct CohortServicesMissedKnown: Feature {
  let description = FeatureDescription(
    "cohortServicesMissedKnown", .usageTrend, unit: "count",
    meaning:
      "Services that at least 40 % of the other subscriptions of the same product and commitment end (month) have used on any day known, and this one never.",
    missing: "No product is known, or fewer than ten other subscriptions in the group.",
    source:
      "meterCategory, meterSubcategory, meterUnit of usage lines; productName, commitmentEndDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.comparison.missedKnown.orUnknown
  }
}
