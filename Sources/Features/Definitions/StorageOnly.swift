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
    let isStorage = customer.context.meterTraits.isStorage
    let services = subscription.recentUse.services
    let recent = services.filter { $0.recentQuantity > 0 }
    guard !recent.isEmpty else { return .nan }
    let isTail =
      recent.allSatisfy { isStorage[Int($0.number)] }
      && !services.allSatisfy { isStorage[Int($0.number)] }
    return isTail.number
  }
}
