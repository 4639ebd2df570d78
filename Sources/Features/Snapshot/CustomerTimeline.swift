package import History

/// One customer's history put together, to be looked at on many days.
package struct CustomerTimeline: Sendable {
  let customerTenantId: String
  /// One for each of the customer's subscriptions.
  let subscriptions: [SubscriptionTimeline]

  /// - Parameters:
  ///   - history: everything ever seen of the customer.
  ///   - frame: of the landmarks on which it will be looked at.
  package init(_ history: CustomerHistory, _ frame: ReferenceFrame) {
    customerTenantId = history.customerTenantId
    subscriptions = history.subscriptions.map {
      SubscriptionTimeline($0, of: history.customerTenantId, frame)
    }
  }
}
