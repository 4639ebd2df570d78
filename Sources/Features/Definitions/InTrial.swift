internal import History

/// Whether a trial is running.
struct InTrial: Feature {
  let description = FeatureDescription(
    "inTrial", .trial, unit: "yes/no",
    meaning: "1 while a trial runs, 0 otherwise.",
    missing: "Never unknown.",
    source: "trialStartDate, trialEndDate, trialToPaidConversionDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    (subscription.facts.trial.phase(on: customer.context.asOf) == .running).number
  }
}
