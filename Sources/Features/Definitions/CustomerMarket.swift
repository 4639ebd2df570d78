internal import History

/// The country or region that the customer does business in.
struct CustomerMarket: CategoricalFeature {
  let description = FeatureDescription(
    "customerMarket", .partnerMarket, unit: "level",
    meaning: "Country or region of the customer.",
    missing: "Not observed yet, or not in the export.", source: "customerMarket")

  func level(of facts: StateFacts) -> String? {
    facts.state.customerMarket
  }
}
