package import History

/// One customer's subscriptions as they were known on one day.
package final class CustomerSnapshot: Sendable {
  package let customerTenantId: String
  /// The landmark.
  package let context: LandmarkContext
  /// Subscriptions that were known, of every type, by id.
  package let subscriptions: [KnownSubscription]
  /// The whole customer counted once, so that no feature walks all siblings of every sibling.
  private let census: CustomerCensus

  package convenience init(_ history: CustomerHistory, at context: LandmarkContext) {
    self.init(CustomerTimeline(history, context.frame), at: context)
  }

  /// The customer on one of many landmarks: the timeline is put together once for all of them.
  package init(_ timeline: CustomerTimeline, at context: LandmarkContext) {
    customerTenantId = timeline.customerTenantId
    self.context = context
    var subscriptions: [KnownSubscription] = []
    subscriptions.reserveCapacity(timeline.subscriptions.count)
    for (place, subscription) in timeline.subscriptions.enumerated() {
      if let known = KnownSubscription(subscription, place: place, at: context) {
        subscriptions.append(known)
      }
    }
    self.subscriptions = subscriptions
    census = CustomerCensus(subscriptions, on: context.asOf)
  }

  /// What features see of one of the customer's subscriptions.
  package func snapshot(of subscription: KnownSubscription) -> SubscriptionSnapshot {
    SubscriptionSnapshot(subscription, at: context)
  }

  /// When the customer's first reservation or savings plan ends that is active and has an end.
  package var firstReservationEnd: CalendarDay? { census.firstReservationEnd }

  /// The customer's other subscriptions, of every type, in numbers.
  func siblings(of subscription: SubscriptionSnapshot) -> Siblings {
    Siblings(of: subscription.known, in: census, on: context.asOf)
  }
}
