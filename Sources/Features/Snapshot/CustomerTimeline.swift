package import History

/// One customer's history put together, to be looked at on many days.
package struct CustomerTimeline: Sendable {
  let customerTenantId: String
  /// One for each of the customer's subscriptions.
  let subscriptions: [SubscriptionTimeline]

  package init(_ history: CustomerHistory) {
    customerTenantId = history.customerTenantId
    subscriptions = history.subscriptions.map { SubscriptionTimeline($0, hasRhythms: true) }
  }
}
