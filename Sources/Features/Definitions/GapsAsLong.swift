internal import History

/// How ordinary the present silence is for this subscription.
///
/// The added 1 and 2 (Laplace's rule of succession) keep few gaps from being certain.
struct GapsAsLong: Feature {
  let description = FeatureDescription(
    "gapsAsLong", .usageRecency, unit: "share 0 … 1",
    meaning:
      "Share of its own past gaps that were at least as long as the present one, (count + 1)/(gaps + 2).",
    missing: "No usage, or fewer than three days with usage.",
    source: "usageDate of usage lines; lastUsageDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let gaps = subscription.usage.rhythm.count
    guard gaps >= 2, let last = subscription.lastUsageDate else { return .nan }
    let present = subscription.usageSpan.through - last
    return Double(subscription.usage.gapCount(atLeast: present) + 1) / Double(gaps + 2)
  }
}
