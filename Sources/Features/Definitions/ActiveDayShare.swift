internal import History

/// How regularly it has been used since its first use.
///
/// Unlike a window of days it is known however short the history is.
struct ActiveDayShare: Feature {
  let description = FeatureDescription(
    "activeDayShare", .usageRecency, unit: "share 0 … 1",
    meaning: "Days with usage among all days since the first usage known, (days + 1)/(all + 2).",
    missing: "No usage lines.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let usage = subscription.usage
    guard let first = usage.firstDay else { return .nan }
    let all = subscription.usageSpan.through - first + 1
    return Double(usage.activeDayCount + 1) / Double(all + 2)
  }
}
