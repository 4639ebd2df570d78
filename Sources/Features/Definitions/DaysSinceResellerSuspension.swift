internal import History

/// How recently the reseller had trouble with a customer.
struct DaysSinceResellerSuspension: Feature {
  let description = FeatureDescription(
    "daysSinceResellerSuspension", .partnerMarket, unit: "days",
    meaning:
      "Days since a subscription of the reseller was last suspended, by the newest export of the resellers.",
    missing: "None was, or the reseller is in no export of the resellers.",
    source: "latestSubscriptionSuspendedDate of the indirect resellers")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let losses = customer.context.surroundings.losses(of: subscription.groups)
    return (losses?.latestSuspended).flatMap { customer.context.daysSince($0) }.orUnknown
  }
}
