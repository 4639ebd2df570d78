internal import History

/// When the decision not to renew was first seen.
struct DaysSinceAutoRenewOff: Feature {
  let description = FeatureDescription(
    "daysSinceAutoRenewOff", .renewal, unit: "days",
    meaning: "Days since auto-renew was seen to switch off.",
    missing:
      "It is on, was never on as far as seen, or was switched off together with most of the reseller's others.",
    source: "autoRenewEnabled over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.facts.autoRenew == false else { return .nan }
    return subscription.autoRenewSwitchedOffOn.map { customer.context.asOf - $0 }.orUnknown
  }
}
