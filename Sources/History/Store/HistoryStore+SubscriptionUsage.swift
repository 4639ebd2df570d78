/// What the usage exports call a subscription and its customer.
package struct UsageOwnerName: Sendable, Hashable {
  package var customerName: String?
  package var subscriptionName: String?
}

extension HistoryStore {
  /// Calls `body` with the usage of one subscription after the other, by customer, then id.
  ///
  /// Only one subscription is in memory at a time.
  ///
  /// - Parameters:
  ///   - days: lines of these are complete; those of other days may be left out, and unread.
  ///   - isWanted: whether to read a subscription's usage at all.
  ///   - body: not called for subscriptions without lines.
  /// - Throws: `.unusable` when a blob is damaged, and what `body` throws.
  package func forEachUsage(
    on days: ClosedRange<CalendarDay>,
    of isWanted: (_ customerTenantId: String, _ subscriptionId: GUID) -> Bool,
    _ body: (_ customerTenantId: String, _ subscriptionId: GUID, UsageHistory) throws -> Void
  ) throws {
    var reader = UsageReader(self, on: days)
    for customer in overview.customers {
      for (id, guid) in customer.subscriptions where isWanted(customer.customerTenantId, guid) {
        let usage = try reader.mergedHistory(of: id)
        if usage.count > 0 { try body(customer.customerTenantId, guid, usage) }
      }
    }
  }

  /// What the newest usage export that names a subscription calls it and its customer.
  ///
  /// - Parameter day: later exports are not looked at; nil = all are.
  /// - Returns: nothing for a subscription that none names.
  /// - Throws: `.unusable` when the store is damaged.
  package func newestUsageNames(
    through day: CalendarDay?
  ) throws(HistoryError) -> [GUID: UsageOwnerName] {
    var newest: [Int64: (customer: Int64?, own: Int64?)] = [:]
    let query = try statement(
      """
      SELECT subscription, customerName, subscriptionName
      FROM usage_name JOIN import ON import.id = import JOIN source ON source.id = import.source
      WHERE observedOn <= ? ORDER BY observedOn, source.name, import.id
      """)
    query.bind(day.map { Int64($0.daysSinceEpoch) } ?? Int64.max, at: 1)
    while try query.step() {
      newest[query.integer(0)] = (query.optionalInteger(1), query.optionalInteger(2))
    }
    var texts: [Int64: String] = [:]
    var names: [GUID: UsageOwnerName] = [:]
    for customer in overview.customers {
      for (id, guid) in customer.subscriptions {
        guard let found = newest[id] else { continue }
        names[guid] = UsageOwnerName(
          customerName: try text(found.customer, &texts),
          subscriptionName: try text(found.own, &texts))
      }
    }
    return names
  }

  private func text(
    _ id: Int64?, _ known: inout [Int64: String]
  ) throws(HistoryError) -> String? {
    guard let id else { return nil }
    if let text = known[id] { return text }
    let query = try statement("SELECT value FROM text WHERE id = ?")
    query.bind(id, at: 1)
    defer { query.reset() }
    guard try query.step() else { return nil }
    let text = query.text(0)
    known[id] = text
    return text
  }
}
