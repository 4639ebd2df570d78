internal import History

/// In how many regions something runs.
struct Regions: Feature {
  let description = FeatureDescription(
    "regions91", .usageTrend, unit: "count",
    meaning: "Different regions with usage in the last 91 days.",
    missing: "No usage in these days, or no region in the export.",
    source: "resourceLocation of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let regions = subscription.usage.windows.regions
    return regions == 0 ? .nan : Double(regions)
  }
}
