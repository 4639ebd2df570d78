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
    let windows = subscription.usage.windows
    let days = windows.activeDays(ofDays: 91)
    return days == 0 ? .nan : Double(windows.weekendDays) / Double(days)
  }
}
