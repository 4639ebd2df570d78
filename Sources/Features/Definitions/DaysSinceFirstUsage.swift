internal import History

/// How long it has been in use.
struct DaysSinceFirstUsage: Feature {
  let description = FeatureDescription(
    "daysSinceFirstUsage", .usageRecency, unit: "days",
    meaning: "Days from the first usage known to the last day whose usage can be known.",
    missing: "No usage lines.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usage.firstDay.map { subscription.usageSpan.through - $0 }.orUnknown
  }
}
