internal import History

/// When the customer last closed another subscription.
struct DaysSinceSiblingLoss: Feature {
  let description = FeatureDescription(
    "daysSinceSiblingLoss", .customer, unit: "days",
    meaning: "Days since another Azure subscription of the same customer was deprovisioned.",
    missing: "None was.",
    source: "deprovisionedDate, else the first observation as DEPROVISIONED, of the others")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.siblings(of: subscription).lastLoss.map { customer.context.asOf - $0 }.orUnknown
  }
}
