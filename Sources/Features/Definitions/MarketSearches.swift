internal import History

/// How much the market looks for the partner.
struct MarketSearches: Feature {
  let description = FeatureDescription(
    "marketSearches91", .partnerMarket, unit: "count",
    meaning:
      "Searches from the market of the customer in which the partner came up in the last 91 days.",
    missing: "No export of searches, or no market of the customer.",
    source: "searchDate, keywordCountry, else partnerMarket, of the search analytics")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.context.surroundings.searches(inMarket: subscription.groups.customerMarket).orUnknown
  }
}
