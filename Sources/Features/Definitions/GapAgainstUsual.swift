internal import Glibc
internal import History

/// The present silence in units of the subscription's own rhythm.
struct GapAgainstUsual: Feature {
  let description = FeatureDescription(
    "gapAgainstUsual", .usageRecency, unit: FeatureDescription.trendUnit,
    meaning:
      "Days since the last usage against the usual gap, ln((gap + 1)/(usual + 1)); above 0 when it is silent for longer than usual.",
    missing: "No usage, or fewer than three days with usage.",
    source: "usageDate of usage lines; lastUsageDate")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let rhythm = subscription.usage.rhythm
    guard rhythm.count >= 2, let last = subscription.lastUsageDate else { return .nan }
    return log(Double(subscription.usageSpan.through - last + 1) / (rhythm.median + 1))
  }
}
