internal import History

/// When the customer last changed how many seats it pays for.
struct DaysSinceSeatChange: Feature {
  let description = FeatureDescription(
    "daysSinceSeatChange", .licences, unit: "days",
    meaning: "Days since an export first showed another number of licences than the one before.",
    missing: "Never seen to change.",
    source: "licenseCount over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.changes.seatsChangedOn.map { customer.context.asOf - $0 }.orUnknown
  }
}
