internal import History

/// The gap: days from the last usage to the last day whose usage can be known.
struct DaysSinceLastUsage: Feature {
  let description = FeatureDescription(
    "daysSinceLastUsage", .usageRecency, unit: "days",
    meaning: "Days from the last usage to the last day whose usage can be known (L − lag).",
    missing: "No usage was ever seen; see neverUsed.",
    source: "usageDate of usage lines; lastUsageDate of the subscription, capped at L − lag")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.lastUsageDate.map { subscription.usageSpan.through - $0 }.orUnknown
  }
}
