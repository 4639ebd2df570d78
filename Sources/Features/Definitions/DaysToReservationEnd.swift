internal import History

/// When the customer will be free to decide anew.
struct DaysToReservationEnd: Feature {
  let description = FeatureDescription(
    "daysToReservationEnd", .renewal, unit: "days",
    meaning:
      "Days until the first reservation or savings plan of the customer ends; reservations do not renew by themselves.",
    missing: "The customer has no active one with an end.",
    source: "productName, commitmentEndDate, status of the customer's subscriptions")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    customer.firstReservationEnd.map { $0 - customer.context.asOf }.orUnknown
  }
}
