internal import History

/// No usage line and no `lastUsageDate` has ever been seen.
struct NeverUsed: Feature {
  let description = FeatureDescription(
    "neverUsed", .usageRecency, unit: "yes/no",
    meaning: "1 when no usage was ever seen of this subscription, 0 when there was some.",
    missing: "No usage of the subscription's source was ever imported, so nobody can tell.",
    source: "usageDate of usage lines; lastUsageDate of the subscription")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    if subscription.lastUsageDate != nil { return 0 }
    return subscription.usageSpan.from == nil ? .nan : 1
  }
}
