internal import History

/// How soon after its start it was first used.
struct FirstUseDelay: Feature {
  let description = FeatureDescription(
    "firstUseDelay", .usageRecency, unit: "days",
    meaning: "Days from the start to the first usage; negative when usage came first.",
    missing: "No usage lines, no start, or a start before usage of its source is known.",
    source: "usageDate of usage lines; effectiveStartDate, creationDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard let start = subscription.startDate, let first = subscription.usage.firstDay,
      let from = subscription.usageSpan.from, start >= from
    else { return .nan }
    return Double(first - start)
  }
}
