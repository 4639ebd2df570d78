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
    guard use.lines.count > 0 else { return .nan }
    let categories = customer.context.meterTraits.categories
    var (lost, kept) = (SmallNumbers(), SmallNumbers())
    for service in use.services where service.quantity > 0 {
      let category = Int(categories[Int(service.number)])
      if service.recentQuantity > 0 { kept.insert(category) } else { lost.insert(category) }
    }
    lost.subtract(kept)
    return Double(lost.count)
  }
}
