internal import History

/// How strong the use of a service was when it was last used: use that faded before it ended, or just stopped.
struct LastUseLevel: Feature {
  let description = FeatureDescription(
    "lastUseLevel182", .usageTrend, unit: FeatureDescription.trendUnit,
    meaning:
      "Mean of ln quantity on the last seven days of use of a service less the mean over its lines of the last 182 days; of several services the least.",
    missing: "No service was used on eight of these days.",
    source: "usageDate, quantity, meter fields of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usage.lastUseLevel(ofDays: 182)
  }
}
