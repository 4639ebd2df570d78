internal import History

/// What has become a habit: services that were used again.
struct RegularServices: Feature {
  let description = FeatureDescription(
    "regularServices91", .usageTrend, unit: "count",
    meaning: "Services used on at least two different days of the last 91.",
    missing: "No usage of the subscription's source was ever imported.",
    source: "usageDate, meterCategory, meterSubcategory, meterUnit of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.usageSpan.from != nil else { return .nan }
    return Double(subscription.usage.services.regular)
  }
}
