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
    let days = subscription.usage.activeDays
    guard let first = days.first, let last = days.last, days.count > 1 else { return .nan }
    return Double(last - first) / Double(days.count - 1)
  }
}
