internal import History

/// What a customer has stopped using altogether.
struct LostCategories: Feature {
  let description = FeatureDescription(
    "lostCategories28", .usageTrend, unit: "count",
    meaning: "Meter categories used 29 to 91 days ago and not in the last 28 days.",
    missing: "No usage in 91 days.",
    source: "meterCategory of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let services = subscription.usage.services
    guard !services.categories.isEmpty else { return .nan }
    var lost = services.categories
    lost.subtract(services.recentCategories)
    return Double(lost.count)
  }
}
