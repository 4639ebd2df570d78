internal import History

/// What else the customer buys: licences, Dynamics, and so on.
struct OtherProductCount: Feature {
  let description = FeatureDescription(
    "otherProductCount", .customer, unit: "count",
    meaning: "Active subscriptions of the same customer that are not Azure.",
    missing: "Never unknown.",
    source: "status, subscriptionType of the customer's other subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    Double(customer.siblings(of: subscription).activeOther)
  }
}
