internal import History

/// The longest silence that this subscription has come back from.
struct LongestGap: Feature {
  let description = FeatureDescription(
    "longestGapDays", .usageRecency, unit: "days",
    meaning: "Most days from one day with usage to the next, over all usage known.",
    missing: "Fewer than two days with usage.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let rhythm = subscription.usage.rhythm
    return rhythm.count == 0 ? .nan : Double(rhythm.longest)
  }
}
