internal import History

/// The name of the partner or indirect reseller, as a digest.
///
/// Usually as good as its id; where all rows have the id of the provider, the name alone tells
/// resellers apart.
struct PartnerName: CategoricalFeature {
  let description = FeatureDescription(
    "partnerName", .partnerMarket, unit: "level",
    meaning: "Partner or indirect reseller of the subscription, as a digest of its name.",
    missing: "Not observed yet, or not in the export.", source: "partnerName")

  func level(of facts: StateFacts) -> String? {
    facts.partnerName
  }
}
