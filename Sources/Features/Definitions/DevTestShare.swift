internal import History

/// Production or development: the latter is easier to give up.
struct DevTestShare: Feature {
  let description = FeatureDescription(
    "devTestShare91", .usageTrend, unit: "share 0 … 1",
    meaning:
      "Share of the usage lines of the last 91 days whose meter is sold for development and tests.",
    missing: "No usage in these days.",
    source: "meterSubcategory, serviceType of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let windows = subscription.usage.windows
    return windows.lines == 0 ? .nan : Double(windows.devTestLines) / Double(windows.lines)
  }
}
