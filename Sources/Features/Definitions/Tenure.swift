internal import History

/// How long the subscription has existed.
struct Tenure: Feature {
  let description = FeatureDescription(
    "tenureDays", .renewal, unit: "days",
    meaning: "Days since the subscription's start.",
    missing: "Neither effectiveStartDate nor creationDate is given.",
    source: "effectiveStartDate, else creationDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.startDate.map { customer.context.asOf - $0 }.orUnknown
  }
}
