internal import History

/// How many subscriptions like this one have just been lost.
///
/// Like it are those of the same product whose commitment ends in the same month.
struct CohortLost: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "cohortLost\(windowDays)", .partnerMarket, unit: "share 0 … 1",
      meaning:
        "Share of the other subscriptions of the same product and commitment end (month) that were suspended or deprovisioned in the last \(windowDays) days; small groups are drawn towards the share of all, which weighs as much as 20 subscriptions, and all are rounded to 2 %.",
      missing: "Its product is not known, or its source has fewer than ten other subscriptions.",
      source: "productName, commitmentEndDate, status, deprovisionedDate of all subscriptions")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.lostShare(of: subscription.peers.cohort, inLast: windowDays)
  }
}
