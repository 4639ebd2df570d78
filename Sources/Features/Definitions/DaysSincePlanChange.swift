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
    let changes = subscription.changes
    let (product, cycle) = (changes.productChangedOn, changes.billingCycleChangedOn)
    guard let day = product ?? cycle else { return .nan }
    return Double(customer.context.asOf - max(day, cycle ?? day))
  }
}
