internal import History

/// The product that was sold.
struct ProductName: CategoricalFeature {
  let description = FeatureDescription(
    "productName", .partnerMarket, unit: "level",
    meaning: "Product of the subscription.",
    missing: "Not observed yet, or not in the export.", source: "productName")

  func level(of facts: StateFacts) -> String? {
    facts.state.productName
  }
}
