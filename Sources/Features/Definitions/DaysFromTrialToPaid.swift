internal import History

/// How long the customer took to decide to pay.
struct DaysFromTrialToPaid: Feature {
  let description = FeatureDescription(
    "daysFromTrialToPaid", .trial, unit: "days",
    meaning: "Days from the start of the trial to the day it became paid.",
    missing: "No trial, or it has not become paid.",
    source: "trialStartDate, trialToPaidConversionDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.facts.state.trialPhase(on: customer.context.asOf) == .converted,
      let start = subscription.facts.state.trialStartDate,
      let paid = subscription.facts.state.trialToPaidConversionDate
    else { return .nan }
    return Double(paid - start)
  }
}
