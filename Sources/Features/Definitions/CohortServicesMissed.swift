internal import History

/// What subscriptions like this one use, and this one does not.
struct CohortServicesMissed: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "cohortServicesMissed\(windowDays)", .usageTrend, unit: "count",
      meaning:
        "Services that at least 40 % of the other subscriptions of the same product and commitment end (month) used in the last \(windowDays) days, and this one did not.",
      missing: "No product is known, or fewer than ten other subscriptions in the group.",
      source:
        "meterCategory, meterSubcategory, meterUnit of usage lines; productName, commitmentEndDate"
    )
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let comparison = subscription.peers.comparison
    return (windowDays <= 28 ? comparison.missed28 : comparison.missed91).orUnknown
  }
}
