internal import History

/// What a customer has stopped using altogether.
struct LostCategories: Feature {
  let description = FeatureDescription(
    "lostCategories28", .usageTrend, unit: "count",
    meaning: "Meter categories used 29 to 91 days ago and not in the last 28 days.",
    missing: "No usage in 91 days.",
    source: "meterCategory of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let use = subscription.recentUse
    guard !use.services.isEmpty else { return .nan }
    let categories = customer.context.meterTraits.categories
    let used = Set(use.services.map { categories[Int($0.number)] })
    let kept = Set(
      use.services.filter { $0.recentQuantity > 0 }.map { categories[Int($0.number)] })
    return Double(used.count - kept.count)
  }
}
