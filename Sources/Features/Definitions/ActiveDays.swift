internal import History

/// Days with usage in a window that ends on the last day whose usage can be known.
struct ActiveDays: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "activeDays\(windowDays)", .usageTrend, unit: "days",
      meaning: "Days with usage in the last \(windowDays) days.",
      missing: "The window reaches before the first usage known of the subscription's source.",
      source: "usageDate, quantity of usage lines")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usageSpan.reaches(days: windowDays)
      ? Double(subscription.usage.windows.activeDays(ofDays: windowDays)) : .nan
  }
}
