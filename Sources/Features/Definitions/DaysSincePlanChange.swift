internal import History

/// When the terms and with them the price last changed.
struct DaysSincePlanChange: Feature {
  let description = FeatureDescription(
    "daysSincePlanChange", .renewal, unit: "days",
    meaning:
      "Days since an export first showed another product or billing cycle than the one before.",
    missing: "Never seen to change.",
    source: "productName, billingCycleName over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let product = subscription.lastChange { $0.productName?.lowercased() }
    let cycle = subscription.lastChange { $0.billingCycleName?.lowercased() }
    guard let day = [product, cycle].compactMap(\.self).max() else { return .nan }
    return Double(customer.context.asOf - day)
  }
}
