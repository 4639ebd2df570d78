internal import History

/// How many of the customer's other Azure subscriptions were closed recently.
struct SiblingsLost: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "siblingsLost\(windowDays)", .customer, unit: "count",
      meaning:
        "Other Azure subscriptions of the same customer that were deprovisioned in the last \(windowDays) days.",
      missing: "Never unknown.",
      source: "deprovisionedDate, else the first observation as DEPROVISIONED, of the others")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    Double(customer.siblings(of: subscription).lossCount(inLast: windowDays))
  }
}
