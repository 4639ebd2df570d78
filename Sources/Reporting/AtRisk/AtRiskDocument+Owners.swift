package import History

extension AtRiskDocument {
  /// Replaces the owners of all rows by those of a file; who is not named there is unassigned.
  package mutating func assign(_ owners: OwnerRules) {
    guard let day = CalendarDay(asOf) else { return }
    for index in subscriptions.indices { subscriptions[index].identity.assign(owners, on: day) }
    for index in excluded.indices { excluded[index].identity.assign(owners, on: day) }
  }
}

extension AtRiskDocument.Identity {
  fileprivate mutating func assign(_ owners: OwnerRules, on day: CalendarDay) {
    let owner = GUID(subscriptionId).flatMap {
      owners.owner(
        forSubscription: $0, customerTenantId: customerTenantId, partnerId: partnerId,
        customerMarket: customerMarket, on: day)
    }
    accountManager = owner?.accountManager
    email = owner.flatMap { $0.email.isEmpty ? nil : $0.email }
  }
}
