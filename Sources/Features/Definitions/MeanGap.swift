internal import History

/// The mean number of days from one active day to the next: a few long silences weigh in it, which the
/// median does not see.
struct MeanGap: Feature {
  let description = FeatureDescription(
    "meanGapDays", .usageRecency, unit: "days",
    meaning: "Mean days from one day with usage to the next, over all usage known.",
    missing: "Fewer than two days with usage.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let usage = subscription.usage
    guard let first = usage.firstDay, let last = usage.lastDay, first < last else { return .nan }
    return Double(last - first) / Double(usage.activeDayCount - 1)
  }
}
