internal import History

/// Whether the subscription began as a trial and became paid.
struct TrialConverted: Feature {
  let description = FeatureDescription(
    "trialConverted", .trial, unit: "yes/no",
    meaning: "1 when a trial became a paid subscription, 0 otherwise.",
    missing: "Never unknown.",
    source: "trialToPaidConversionDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    (subscription.facts.trial.phase(on: customer.context.asOf) == .converted).number
  }
}
