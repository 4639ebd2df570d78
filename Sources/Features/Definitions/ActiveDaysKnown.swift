internal import History

/// How often it has been used in all.
///
/// Grows with the history, unlike a window of days, but is known from the first day on.
struct ActiveDaysKnown: Feature {
  let description = FeatureDescription(
    "activeDaysKnown", .usageRecency, unit: "days",
    meaning: "Days with usage, over all usage known.",
    missing: "No usage of the subscription's source was ever imported.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usageSpan.from == nil ? .nan : Double(subscription.usage.activeDayCount)
  }
}
