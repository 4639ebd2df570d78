internal import History

/// How often the subscription was suspended and came back.
struct PastSuspensions: Feature {
  let description = FeatureDescription(
    "pastSuspensions", .renewal, unit: "count",
    meaning: "Times the subscription was seen to become suspended.",
    missing: "Not observed yet.",
    source: "status over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.isObserved ? Double(subscription.changes.suspensions) : .nan
  }
}
