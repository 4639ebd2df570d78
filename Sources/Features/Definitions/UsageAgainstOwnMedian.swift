internal import History

/// The last week against the subscription's own usual week.
struct UsageAgainstOwnMedian: Feature {
  let description = FeatureDescription(
    "usageAgainstOwnMedian", .usageTrend, unit: FeatureDescription.trendUnit,
    meaning:
      "Use of the last seven days against the median of up to twelve weeks before; each service counts alike, and a tenth of a mean week is added to both.",
    missing: "Fewer than five weeks since the first use, or no use in them.",
    source: "usageDate, quantity, meter fields of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usage.recentUse.weekChange
  }
}
