extension HistoryStore {
  /// Everything that happened, each event once however many logs tell of it.
  ///
  /// - Returns: by day, then subscription, customer and kind.
  /// - Throws: `.unusable` when the store is damaged.
  package func events() throws(HistoryError) -> [Event] {
    let query = try statement(
      """
      SELECT DISTINCT day, kind, detail, subscriptionId, customerTenantId, customerName FROM event
      ORDER BY day, subscriptionId, customerTenantId, customerName, kind, detail
      """)
    var tenants: [String: String]?
    var found: [Event] = []
    var seen: Set<Event> = []
    while try query.step() {
      guard let kind = EventKind(rawValue: query.text(1)) else { continue }
      var event = Event(
        day: CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(0))), kind: kind,
        detail: query.optionalText(2).flatMap { EventDetail(rawValue: $0) },
        subscriptionId: query.optionalGUID(3), customerTenantId: query.optionalText(4))
      if event.customerTenantId == nil, let name = query.optionalText(5) {
        if tenants == nil { tenants = try tenantsByName() }
        event.customerTenantId = tenants?[name.lowercased()]
      }
      if seen.insert(event).inserted { found.append(event) }
    }
    return found
  }

  /// The tenant of each customer's name, in lower case; names that several customers have are left out.
  private func tenantsByName() throws(HistoryError) -> [String: String] {
    let query = try statement(
      """
      SELECT name.value, tenant.value FROM state
        JOIN text AS name ON name.id = customerName
        JOIN text AS tenant ON tenant.id = customerTenantId
      UNION SELECT customerName, customerTenantId FROM customer
        WHERE customerName IS NOT NULL AND customerTenantId IS NOT NULL
      """)
    var tenants: [String: Set<String>] = [:]
    while try query.step() {
      tenants[query.text(0).lowercased(), default: []].insert(query.text(1))
    }
    return tenants.compactMapValues { $0.count == 1 ? $0.first : nil }
  }
}
