internal import History

/// The change of the last week beyond what everyone's use did: a difference in differences.
///
/// So that the holidays of December do not make every subscription look like a decline.
struct UsageAgainstPartner: Feature {
  let description = FeatureDescription(
    "usageAgainstPartner", .usageTrend, unit: FeatureDescription.trendUnit,
    meaning:
      "The last week against its own median week, less the median of all subscriptions in that week.",
    missing:
      "Fewer than five weeks since the first use, no use in them, or fewer than twenty subscriptions to compare with.",
    source: "usageDate, quantity, meter fields of usage lines of all subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.context.peers.weekChange.map { subscription.usage.recentUse.weekChange - $0 } ?? .nan
  }
}
