internal import History

/// How recently the reseller lost a subscription for good.
struct DaysSinceResellerDeprovisioning: Feature {
  let description = FeatureDescription(
    "daysSinceResellerDeprovisioning", .partnerMarket, unit: "days",
    meaning:
      "Days since a subscription of the reseller was last deprovisioned, by the newest export of the resellers.",
    missing: "None was, or the reseller is in no export of the resellers.",
    source: "latestSubscriptionDeprovisionedDate of the indirect resellers")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let losses = customer.context.surroundings.losses(of: subscription.groups)
    return (losses?.latestDeprovisioned).flatMap { customer.context.daysSince($0) }.orUnknown
  }
}
