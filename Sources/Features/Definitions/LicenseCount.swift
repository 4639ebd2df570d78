internal import History

/// Licences of the subscription; 0 for most Azure subscriptions.
struct LicenseCount: Feature {
  let description = FeatureDescription(
    "licenseCount", .licences, unit: "count",
    meaning: "Licences of the subscription.",
    missing: "Not observed yet, or not in the export.",
    source: "licenseCount")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.facts.licenseCount.orUnknown
  }
}
