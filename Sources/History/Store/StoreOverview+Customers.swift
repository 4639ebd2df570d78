extension StoreOverview {
  /// Groups the subscriptions that exports have shown, and those that only usage speaks of.
  ///
  /// - Parameters:
  ///   - store: what this is the overview of.
  ///   - tenants: of the former, as row ids of texts.
  /// - Throws: `.unusable` when the store is damaged.
  mutating func groupCustomers(
    _ store: HistoryStore, _ tenants: [Int64: Int64]
  ) throws(HistoryError) {
    var names: [Int64: String] = [:]
    var groups: [String: [(id: Int64, guid: GUID)]] = [:]
    let query = try store.statement("SELECT id, guid FROM subscription")
    while try query.step() {
      let id = query.integer(0)
      var text = tenants[id]
      if !hasObserved(id) {
        let usage = try usageTenant(store, of: id)
        guard usage.isUsed else { continue }
        text = usage.tenant
      }
      guard let guid = query.withBytes(1, { GUID(bytes: $0) }) else { continue }
      let name = try name(store, of: text, &names)
      groups[name ?? guid.description, default: []].append((id, guid))
    }
    customers = groups.map { tenant, subscriptions in
      CustomerIndex(
        customerTenantId: tenant, subscriptions: subscriptions.sorted { $0.guid < $1.guid })
    }
    customers.sort { $0.customerTenantId < $1.customerTenantId }
  }

  /// Whether there is usage of a subscription, and the tenant that the first import with one names.
  private func usageTenant(
    _ store: HistoryStore, of subscription: Int64
  ) throws(HistoryError) -> (isUsed: Bool, tenant: Int64?) {
    let query = try store.statement(
      """
      SELECT import, tenant FROM usage_tenant WHERE subscription = ?1
      UNION ALL SELECT import, tenant FROM billing WHERE subscription = ?1
      """)
    query.bind(subscription, at: 1)
    var isUsed = false
    var first: (rank: Int32, tenant: Int64)?
    while try query.step() {
      isUsed = true
      guard let tenant = query.optionalInteger(1), let rank = rank(of: query.integer(0)) else {
        continue
      }
      if rank < first?.rank ?? Int32.max { first = (rank, tenant) }
    }
    return (isUsed, first?.tenant)
  }

  private func name(
    _ store: HistoryStore, of tenant: Int64?, _ names: inout [Int64: String]
  ) throws(HistoryError) -> String? {
    guard let tenant else { return nil }
    if let known = names[tenant] { return known }
    let query = try store.statement("SELECT value FROM text WHERE id = ?")
    query.bind(tenant, at: 1)
    defer { query.reset() }
    guard try query.step() else { return nil }
    let name = query.text(0)
    names[tenant] = name
    return name
  }
}
