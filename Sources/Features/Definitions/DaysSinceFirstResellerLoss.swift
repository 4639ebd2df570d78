internal import History

/// For how long the reseller has been losing subscriptions at all.
struct DaysSinceFirstResellerLoss: Feature {
  let description = FeatureDescription(
    "daysSinceFirstResellerLoss", .partnerMarket, unit: "days",
    meaning:
      "Days since a subscription of the reseller was first suspended or deprovisioned, by the newest export of the resellers.",
    missing: "None was, or the reseller is in no export of the resellers.",
    source:
      "firstSubscriptionSuspendedDate, firstSubscriptionDeprovisionedDate of the indirect resellers"
  )

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let losses = customer.context.surroundings.losses(of: subscription.groups)
    return (losses?.first).flatMap { customer.context.daysSince($0) }.orUnknown
  }
}
