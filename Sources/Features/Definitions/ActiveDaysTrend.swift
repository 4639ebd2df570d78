internal import Glibc
internal import History

/// Active days of a window against the window before it, on the log scale.
///
/// ln((d + 1) / (d₋₁ + 1)): 0 when nothing changed, below 0 while usage fades. The added 1 keeps
/// an empty window finite and tames ratios of very few days.
struct ActiveDaysTrend: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "activeDaysTrend\(windowDays)", .usageTrend, unit: FeatureDescription.trendUnit,
      meaning:
        "Days with usage in the last \(windowDays) days against the \(windowDays) days before, ln((d + 1)/(d₋₁ + 1)).",
      missing: "The two windows reach before the first usage known of the subscription's source.",
      source: "usageDate, quantity of usage lines")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.usageSpan.reaches(days: 2 * windowDays) else { return .nan }
    let windows = subscription.usage.windows
    let recent = windows.activeDays(ofDays: windowDays)
    let before = windows.activeDaysBefore(ofDays: windowDays)
    return log(Double(recent + 1) / Double(before + 1))
  }
}
