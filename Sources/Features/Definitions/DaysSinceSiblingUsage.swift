internal import History

/// Whether the customer still uses Azure at all, beside this subscription.
struct DaysSinceSiblingUsage: Feature {
  let description = FeatureDescription(
    "daysSinceSiblingUsage", .customer, unit: "days",
    meaning: "Days since any other Azure subscription of the customer was used.",
    missing: "No other was ever used.",
    source: "usageDate of usage lines, lastUsageDate of the customer's other subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.siblings(of: subscription).lastUsage.map {
      max(0, subscription.usageSpan.through - $0)
    }
    .orUnknown
  }
}
