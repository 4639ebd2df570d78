internal import History

/// Whether the customer came, or came again, through Microsoft.
struct CustomerReferrals: Feature {
  let description = FeatureDescription(
    "customerReferrals365", .customer, unit: "count",
    meaning: "Referrals of the customer, by its name, in the last 365 days.",
    missing: "No export of referrals, or no name of the customer.",
    source: "createdDate, customerName of the referrals")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.context.surroundings.referrals(ofCustomer: subscription.groups.customerName).orUnknown
  }
}
