internal import History

/// Whether it has been in use as long as anything is known, or came later.
///
/// Unlike the days since its first usage it does not grow with the history alone: while that is short,
/// the oldest subscriptions of a past day and those of today have the same value.
struct ShareSinceFirstUsage: Feature {
  let description = FeatureDescription(
    "shareSinceFirstUsage", .usageRecency, unit: "share 0 … 1",
    meaning: "Days since the first usage known among all days of which usage can be known.",
    missing: "No usage lines.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let span = subscription.usageSpan
    guard let first = subscription.usage.firstDay, let from = span.from else { return .nan }
    let all = span.through - from + 1
    return min(1, Double(span.through - first + 1) / Double(max(1, all)))
  }
}
