internal import History

/// How uneven the weeks are: the coefficient of variation.
struct UsageVariation: Feature {
  let description = FeatureDescription(
    "usageVariation91", .usageTrend, unit: "ratio",
    meaning:
      "Standard deviation over mean of the use of the last weeks, at most thirteen; each service counts alike.",
    missing: "Fewer than five weeks since the first use, or no use in them.",
    source: "usageDate, quantity, meter fields of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.usage.variation
  }
}
