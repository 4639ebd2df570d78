internal import History

/// Usage per day in a window, each meter in units of its own median line.
struct UsageQuantity: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "usageQuantity\(windowDays)", .usageTrend, unit: "median lines per day",
      meaning:
        "Quantity per day in the last \(windowDays) days, each meter divided by its median line as of L, which comes from bins and is exact to 4.4 %.",
      missing: "The window reaches before the first usage known of the subscription's source.",
      source: "usageDate, quantity, meter fields of usage lines")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usageSpan.reaches(days: windowDays)
      ? subscription.usage.windows.quantity(ofDays: windowDays) / Double(windowDays) : .nan
  }
}
