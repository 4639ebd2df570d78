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
    guard use.lines > 0 else { return .nan }
    let categories = customer.context.meterTraits.categories
    var kept: [Int32] = []
    var lost: [Int32] = []
    for service in use.services where service.recentQuantity > 0 {
      let category = categories[Int(service.number)]
      if !kept.contains(category) { kept.append(category) }
    }
    for service in use.services where service.quantity > 0 && service.recentQuantity == 0 {
      let category = categories[Int(service.number)]
      if !kept.contains(category), !lost.contains(category) { lost.append(category) }
    }
    return Double(lost.count)
  }
}
