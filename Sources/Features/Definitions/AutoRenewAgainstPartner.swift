internal import History

/// Auto-renew against what is usual here.
///
/// Where a distributor switched it off for everyone, that it is off says nothing.
struct AutoRenewAgainstPartner: Feature {
  let description = FeatureDescription(
    "autoRenewAgainstPartner", .renewal, unit: "difference −1 … 1",
    meaning:
      "Whether it renews automatically (1 or 0) less the share of the other subscriptions of its source that do.",
    missing: "Not known of it, or of fewer than ten others.",
    source: "autoRenewEnabled of all subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let others = subscription.peers.source
    guard let own = subscription.facts.autoRenew,
      others.autoRenewKnown >= SubscriptionPeers.fewestPeers
    else { return .nan }
    return own.number - Double(others.autoRenewOn) / Double(others.autoRenewKnown)
  }
}
