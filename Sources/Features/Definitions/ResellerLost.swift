internal import History

/// How many subscriptions the same reseller has just lost.
struct ResellerLost: Feature {
  let description = FeatureDescription(
    "resellerLost91", .partnerMarket, unit: "share 0 … 1",
    meaning:
      "Share of the reseller's other subscriptions that were suspended or deprovisioned in the last 91 days; small resellers are drawn towards the share of all, which weighs as much as 20 subscriptions, and all are rounded to 2 %.",
    missing: "Its reseller is not known, or its source has fewer than ten other subscriptions.",
    source: "partnerId, status, deprovisionedDate of all subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.lostShare(of: subscription.peers.reseller, inLast: 91)
  }
}
