internal import History

/// Whether a reservation binds the customer.
struct ReservedShare: Feature {
  let description = FeatureDescription(
    "reservedShare91", .renewal, unit: "share 0 … 1",
    meaning:
      "Share of the usage lines of the last 91 days that a reservation paid for; above 0 when one is in use.",
    missing: "No usage in these days.",
    source: "reservationOrderId, reservationId of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let windows = subscription.usage.windows
    return windows.lines == 0 ? .nan : Double(windows.reservedLines) / Double(windows.lines)
  }
}
