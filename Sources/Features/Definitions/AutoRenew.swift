internal import History

/// Whether the subscription renews automatically.
struct AutoRenew: Feature {
  let description = FeatureDescription(
    "autoRenew", .renewal, unit: "yes/no",
    meaning: "1 when the subscription renews automatically, 0 when it does not.",
    missing: "Not observed yet, or not in the export.",
    source: "autoRenewEnabled")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.facts.autoRenew.map(\.number) ?? .nan
  }
}
