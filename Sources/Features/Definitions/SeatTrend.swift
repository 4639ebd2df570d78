internal import Glibc
internal import History

/// Whether the customer last bought seats or gave some up.
struct SeatTrend: Feature {
  let description = FeatureDescription(
    "seatTrend", .licences, unit: FeatureDescription.trendUnit,
    meaning:
      "Licences now against those before the last change, ln((n + 1)/(n₋₁ + 1)); 0 when they never changed.",
    missing: "Not observed yet, or not in the export.",
    source: "licenseCount over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard let now = subscription.facts.licenseCount else { return .nan }
    guard let before = subscription.changes.seatsBefore else { return 0 }
    return log(Double(now + 1) / Double(before + 1))
  }
}
