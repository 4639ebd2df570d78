internal import History

/// How long the customer took to decide to pay.
struct DaysFromTrialToPaid: Feature {
  let description = FeatureDescription(
    "daysFromTrialToPaid", .trial, unit: "days",
    meaning: "Days from the start of the trial to the day it became paid.",
    missing: "No trial, or it has not become paid.",
    source: "trialStartDate, trialToPaidConversionDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.facts.trial.phase(on: customer.context.asOf) == .converted,
      let start = subscription.facts.trial.start,
      let paid = subscription.facts.trial.paid
    else { return .nan }
    return Double(paid - start)
  }
}
