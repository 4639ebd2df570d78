internal import History

/// How long ago the subscription was last renewed.
struct DaysSinceRenewal: Feature {
  let description = FeatureDescription(
    "daysSinceRenewal", .renewal, unit: "days",
    meaning: "Days since the last renewal.",
    missing: "Never renewed, not in the export, or before the first export.",
    source: "lastRenewalDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard let renewed = subscription.facts.state.lastRenewalDate, renewed <= customer.context.asOf
    else {
      return .nan
    }
    return Double(customer.context.asOf - renewed)
  }
}
