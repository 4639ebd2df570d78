internal import History

/// How much of its Azure the customer has just given up.
struct SiblingsLostShare: Feature {
  let description = FeatureDescription(
    "siblingsLostShare91", .customer, unit: "share 0 … 1",
    meaning:
      "Of the customer's other Azure subscriptions that are active or were deprovisioned in the last 91 days, the share that was.",
    missing: "It has no other.",
    source: "status, deprovisionedDate of the customer's other subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let siblings = customer.siblings(of: subscription)
    let lost = siblings.lossCount(inLast: 91)
    let all = siblings.activeAzure + lost
    return all == 0 ? .nan : Double(lost) / Double(all)
  }
}
