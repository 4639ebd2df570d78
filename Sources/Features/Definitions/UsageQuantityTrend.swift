internal import Glibc
internal import History

/// Normalised quantity of a window against the window before it, on the log scale.
///
/// ln((q + w/10) / (q₋₁ + w/10)) with q in median lines and w the window's days: the added tenth of
/// a line per day keeps an empty window finite, and weighs the same in every window.
struct UsageQuantityTrend: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "usageQuantityTrend\(windowDays)", .usageTrend, unit: FeatureDescription.trendUnit,
      meaning:
        "Quantity of the last \(windowDays) days against the \(windowDays) days before in such median lines, ln((q + w/10)/(q₋₁ + w/10)) with w the window's days.",
      missing: "The two windows reach before the first usage known of the subscription's source.",
      source: "usageDate, quantity, meter fields of usage lines")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.usageSpan.reaches(days: 2 * windowDays) else { return .nan }
    let floor = Double(windowDays) / 10
    let windows = subscription.usage.windows
    let recent = windows.quantity(ofDays: windowDays)
    let before = windows.quantityBefore(ofDays: windowDays)
    return log((recent + floor) / (before + floor))
  }
}
