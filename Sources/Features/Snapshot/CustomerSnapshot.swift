package import History

/// One customer's subscriptions as they were known on one day.
package struct CustomerSnapshot: Sendable {
  package let customerTenantId: String
  /// The landmark, with usage as far as the customer's own source tells it.
  package let context: LandmarkContext
  /// Subscriptions that were known, of every type, by id.
  package let subscriptions: [SubscriptionSnapshot]
  /// The whole customer counted once, so that no feature walks all siblings of every sibling.
  private let census: CustomerCensus

  package init(_ history: CustomerHistory, at landmark: LandmarkContext) {
    // The source that last showed the customer tells how far its usage is known.
    let newest = history.subscriptions.compactMap { subscription in
      subscription.observations.last { $0.day <= landmark.asOf }
    }.max { ($0.day, $1.source) < ($1.day, $0.source) }
    let context = landmark.forSource(newest?.source)
    customerTenantId = history.customerTenantId
    self.context = context
    subscriptions = history.subscriptions.compactMap {
      SubscriptionSnapshot($0, customerTenantId: history.customerTenantId, at: context)
    }
    census = CustomerCensus(subscriptions, on: context.asOf)
  }

  /// The customer's other subscriptions, of every type, in numbers.
  func siblings(of subscription: SubscriptionSnapshot) -> Siblings {
    Siblings(of: subscription, in: census, on: context.asOf)
  }
}
