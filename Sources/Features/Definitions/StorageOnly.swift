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
    var (isUsed, usedOther, isUsingOther) = (false, false, false)
    for service in services where service.quantity > 0 {
      let isOther = !isStorage[Int(service.number)]
      usedOther = usedOther || isOther
      guard service.recentQuantity > 0 else { continue }
      isUsed = true
      isUsingOther = isUsingOther || isOther
    }
    return isUsed ? (usedOther && !isUsingOther).number : .nan
  }
}
