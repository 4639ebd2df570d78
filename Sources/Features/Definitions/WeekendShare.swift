internal import History

/// The rhythm of the week: whether it works on working days or all the time.
struct WeekendShare: Feature {
  let description = FeatureDescription(
    "weekendShare91", .usageTrend, unit: "share 0 … 1",
    meaning:
      "Share of the days with usage in the last 91 days that are Saturdays or Sundays; 2/7 for use every day.",
    missing: "No usage in these days.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let through = subscription.usageSpan.through
    let days = subscription.usage.activeDays(in: through - 90...through)
    guard !days.isEmpty else { return .nan }
    return Double(days.count { $0.weekday >= 5 }) / Double(days.count)
  }
}
