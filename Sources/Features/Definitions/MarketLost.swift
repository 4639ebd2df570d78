internal import History

/// How the partner's other subscriptions in the same country fare.
struct MarketLost: Feature {
  let description = FeatureDescription(
    "marketLost91", .partnerMarket, unit: "share 0 … 1",
    meaning:
      "Share of the other subscriptions in the customer's market that were suspended or deprovisioned in the last 91 days; small markets are drawn towards the share of all, which weighs as much as 20 subscriptions, and all are rounded to 2 %.",
    missing: "Its market is not known, or its source has fewer than ten other subscriptions.",
    source: "customerMarket, status, deprovisionedDate of all subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.peers.lostShare(of: subscription.peers.market, inLast: 91)
  }
}
