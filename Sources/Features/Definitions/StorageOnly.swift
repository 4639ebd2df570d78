internal import History

/// The tail of a subscription whose machines were stopped: only what is stored still costs.
struct StorageOnly: Feature {
  let description = FeatureDescription(
    "storageOnly28", .usageTrend, unit: "yes/no",
    meaning:
      "1 when all that was used in the last 28 days keeps data (storage, backup), after other services in the 91 days; else 0.",
    missing: "No usage in the last 28 days.",
    source: "meterCategory of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let services = subscription.usage.services
    guard !services.recentCategories.isEmpty else { return .nan }
    return (services.hasOther && !services.hasOtherRecently).number
  }
}
