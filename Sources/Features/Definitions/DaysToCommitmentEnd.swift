internal import History

/// How long the commitment still runs.
///
/// A monthly term that renews itself ends every month and says nothing by it: it counts as having no
/// end. Its length is counted from the last renewal, else from the start.
struct DaysToCommitmentEnd: Feature {
  let description = FeatureDescription(
    "daysToCommitmentEnd", .renewal, unit: "days",
    meaning: "Days until the last day of the commitment; negative when it has passed.",
    missing:
      "No commitment (Azure plans are active until cancelled), no end, a monthly term that renews itself, or not observed yet.",
    source: "commitmentEndDate; autoRenewEnabled, lastRenewalDate, effectiveStartDate, creationDate"
  )

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    subscription.facts.committedThrough.map { $0 - customer.context.asOf }.orUnknown
  }
}
