internal import History

/// How long the customer took to decide to pay.
struct DaysFromTrialToPaid: Feature {
  let description = FeatureDescription(
    "daysFromTrialToPaid", .trial, unit: "days",
    meaning: "Days from the start of the trial to the day it became paid.",
    missing: "No trial, or it has not become paid.",
    source: "trialStartDate, trialToPaidConversionDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.state.trialPhase(on: customer.context.asOf) == .converted,
      let start = subscription.state.trialStartDate,
      let paid = subscription.state.trialToPaidConversionDate
    else { return .nan }
    return Double(paid - start)
  }
}
