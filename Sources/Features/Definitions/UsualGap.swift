internal import History

/// The subscription's own rhythm: the median number of days from one active day to the next.
///
/// A gap of a week is silence for a web server and routine for a monthly batch job.
struct UsualGap: Feature {
  let description = FeatureDescription(
    "usualGapDays", .usageRecency, unit: "days",
    meaning: "Median days from one day with usage to the next, over all usage known.",
    missing: "Fewer than three days with usage.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let rhythm = subscription.usage.rhythm
    return rhythm.count < 2 ? .nan : rhythm.median
  }
}
