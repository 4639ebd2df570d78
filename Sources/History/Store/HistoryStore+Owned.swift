extension HistoryStore {
  /// The subscriptions that somebody looks after.
  ///
  /// The newest state that exports had shown by the day says what customer, reseller and market a subscription
  /// is of, as it does when scores name the owner. Of one that only usage speaks of the customer alone is known.
  ///
  /// - Parameters:
  ///   - accountManager: as the rules write it, to the letter.
  ///   - rules: that decide.
  ///   - day: later exports and rules that begin later do not count.
  /// - Returns: nothing for somebody whom no rule names.
  /// - Throws: `.unusable` when the store is damaged.
  package func subscriptions(
    ownedBy accountManager: String, by rules: OwnerRules, on day: CalendarDay
  ) throws(HistoryError) -> Set<GUID> {
    guard rules.managers(on: day).contains(accountManager) else { return [] }
    var reader = CustomerReader(self)
    var owned: Set<GUID> = []
    // Imports come by day.
    let isNewest = overview.imports.last.map { $0.observedOn <= day } ?? true
    for customer in overview.customers {
      for (id, guid) in customer.subscriptions {
        let history = isNewest ? try reader.newest(id, guid) : try reader.subscription(id, guid)
        let state = history.observations.last { $0.day <= day }.map { history.states[$0.state] }
        let owner = rules.owner(
          forSubscription: guid,
          customerTenantId: state.map(\.customerTenantId) ?? customer.customerTenantId,
          partnerId: state?.partnerId, customerMarket: state?.customerMarket, on: day)
        if owner?.accountManager == accountManager { owned.insert(guid) }
      }
    }
    return owned
  }
}
