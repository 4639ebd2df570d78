internal import History

/// How surprising it is that it does not use what subscriptions like it use.
///
/// A count of services says the same of what a third of the others use and of what all use.
struct CohortSilence: Feature {
  let description = FeatureDescription(
    "cohortSilence91", .usageTrend, unit: "nats",
    meaning:
      "Over the services that it did not use in the last 91 days, the sum of −ln(1 − s), where s is the share, at most 98 %, of the other subscriptions of the same product and commitment end (month) that did.",
    missing: "No product is known, or fewer than ten other subscriptions in the group.",
    source:
      "meterCategory, meterSubcategory, meterUnit of usage lines; productName, commitmentEndDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.comparison.silence
  }
}
