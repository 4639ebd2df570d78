internal import History

/// The customer's other Azure subscriptions that are active.
struct SiblingCount: Feature {
  let description = FeatureDescription(
    "siblingCount", .customer, unit: "count",
    meaning: "Other active Azure subscriptions of the same customer.",
    missing: "Never unknown.",
    source: "status, subscriptionType of the customer's other subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    Double(customer.siblings(of: subscription).activeAzure)
  }
}
