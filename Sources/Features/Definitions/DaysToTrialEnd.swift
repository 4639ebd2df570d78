internal import History

/// How long a running trial still lasts.
struct DaysToTrialEnd: Feature {
  let description = FeatureDescription(
    "daysToTrialEnd", .trial, unit: "days",
    meaning: "Days until the running trial ends.",
    missing: "No trial is running.",
    source: "trialEndDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let day = customer.context.asOf
    guard subscription.facts.trial.phase(on: day) == .running else { return .nan }
    return subscription.facts.trial.end.map { $0 - day }.orUnknown
  }
}
