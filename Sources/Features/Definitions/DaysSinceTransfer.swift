internal import History

/// A transfer resets the age of a subscription that is not new.
struct DaysSinceTransfer: Feature {
  let description = FeatureDescription(
    "daysSinceTransfer", .renewal, unit: "days",
    meaning:
      "Days since the subscription, or its customer with everything, was transferred between partners.",
    missing: "No transfer in the logs.",
    source: "activity log or audit records")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.lastTransfer.map { customer.context.asOf - $0 }.orUnknown
  }
}
