internal import History

/// How much the market asks for the partner.
struct MarketReferrals: Feature {
  let description = FeatureDescription(
    "marketReferrals91", .partnerMarket, unit: "count",
    meaning: "Referrals from the market of the customer in the last 91 days.",
    missing: "No export of referrals, or no market of the customer.",
    source: "createdDate, customerMarket of the referrals")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.context.surroundings.referrals(inMarket: subscription.groups.customerMarket).orUnknown
  }
}
