internal import History

/// How often the subscription is billed.
struct BillingCycle: CategoricalFeature {
  let description = FeatureDescription(
    "billingCycle", .renewal, unit: "level",
    meaning: "How often the subscription is billed.",
    missing: "Not observed yet, or not in the export.", source: "billingCycleName")

  func level(of facts: StateFacts) -> String? {
    facts.billingCycle
  }
}
