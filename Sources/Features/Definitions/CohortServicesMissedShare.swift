internal import History

/// The share of the services usual in the group that this subscription does not use.
struct CohortServicesMissedShare: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "cohortServicesMissedShare\(windowDays)", .usageTrend, unit: "share 0 … 1",
      meaning:
        "Of the services that at least 40 % of the other subscriptions of the same product and commitment end (month) used in the last \(windowDays) days, the share that this one did not use.",
      missing: "No service is that common, no product is known, or fewer than ten others.",
      source:
        "meterCategory, meterSubcategory, meterUnit of usage lines; productName, commitmentEndDate"
    )
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard let common = subscription.peers.commonServices(inLast: windowDays), common.count > 0
    else { return .nan }
    return Double(common.missed) / Double(common.count)
  }
}
