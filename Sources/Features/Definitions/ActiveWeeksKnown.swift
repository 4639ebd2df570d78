internal import History

/// In how many weeks it has been used: five days in one week are one visit, five weeks are a habit.
struct ActiveWeeksKnown: Feature {
  let description = FeatureDescription(
    "activeWeeksKnown", .usageRecency, unit: "weeks",
    meaning:
      "Weeks with usage, over all usage known, counted back from the last day whose usage can be known.",
    missing: "No usage of the subscription's source was ever imported.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usageSpan.from == nil ? .nan : Double(subscription.usage.windows.activeWeeks)
  }
}
