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
    let last = customer.context.surroundings.reseller(of: subscription)?.latestDeprovisioned
    return last.flatMap { customer.context.daysSince($0) }.orUnknown
  }
}
