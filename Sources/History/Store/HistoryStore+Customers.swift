extension HistoryStore {
  /// Calls `body` with up to `size` customers at a time, ordered by `customerTenantId`.
  ///
  /// Only one batch is in memory at a time. What other processes import meanwhile is not seen.
  package func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    var reader = CustomerReader(self)
    let customers = overview.customers
    for start in stride(from: 0, to: customers.count, by: max(1, size)) {
      var batch: [CustomerHistory] = []
      for customer in customers[start..<min(start + max(1, size), customers.count)] {
        batch.append(try reader.history(of: customer))
      }
      try body(batch)
    }
  }

  /// All usage lines of a subscription, month by month, each month in one call and unordered.
  ///
  /// - Throws: `.unusable` when a blob is damaged.
  func forEachUsageMonth(
    of subscription: Int64, _ body: (inout [SourcedLine]) -> Void
  ) throws(HistoryError) {
    let query = try statement(
      """
      SELECT month, import, chunk, packed FROM usage WHERE subscription = ?
      ORDER BY month, import, chunk
      """)
    query.bind(subscription, at: 1)
    defer { query.reset() }
    var month: Int64 = -1
    var packed: [PackedLine] = []
    var lines: [SourcedLine] = []
    while try query.step() {
      if query.integer(0) != month {
        if !lines.isEmpty { body(&lines) }
        lines.removeAll(keepingCapacity: true)
        month = query.integer(0)
      }
      packed.removeAll(keepingCapacity: true)
      guard query.withBytes(3, { PackedUsage.unpack($0, into: &packed) }) else {
        throw HistoryError(
          .unusable, path: path, what: "usage in the store is damaged",
          remedy: "Restore a copy, or import the exports into a new store.")
      }
      let dayBefore = MonthCalendar.dayBefore(month: Int32(clamping: month))
      guard let rank = overview.rank(of: query.integer(1)) else { continue }
      let chunk = query.integer(2)
      for line in packed {
        guard let meter = overview.meterIndex(of: line.meter) else { continue }
        lines.append(
          SourcedLine(
            day: dayBefore + Int32(line.dayOfMonth), meter: meter, rank: rank, chunk: chunk,
            quantity: line.quantity))
      }
    }
    if !lines.isEmpty { body(&lines) }
  }
}

/// Reads customers, remembering the texts that many of them share.
private struct CustomerReader {
  let store: HistoryStore
  private let merger: UsageMerger
  private var texts: [Int64: String] = [:]

  /// Above this many texts the memory starts afresh.
  private static let textLimit = 200_000

  init(_ store: HistoryStore) {
    self.store = store
    merger = UsageMerger(store.overview.imports)
  }

  mutating func history(of customer: CustomerIndex) throws(HistoryError) -> CustomerHistory {
    var subscriptions: [SubscriptionHistory] = []
    for (id, guid) in customer.subscriptions {
      let (states, observations) = try observations(of: id)
      var usage = UsageHistory()
      try store.forEachUsageMonth(of: id) { merger.merge(&$0, into: &usage) }
      if store.hasBilling { usage = usage.merged(with: try store.billedUsage(of: id)) }
      subscriptions.append(
        SubscriptionHistory(id: guid, states: states, observations: observations, usage: usage))
    }
    return CustomerHistory(
      customerTenantId: customer.customerTenantId, subscriptions: subscriptions)
  }

  private mutating func observations(
    of subscription: Int64
  ) throws(HistoryError) -> ([SubscriptionState], [Observation]) {
    let seen = try store.sightings(of: subscription)
    guard !seen.isEmpty else { return ([], []) }
    var records: [Int64: StateRecord] = [:]
    try store.forEachState(of: subscription) { id, record in records[id] = record }
    var states: [SubscriptionState] = []
    var indices: [Int64: Int] = [:]
    var observations: [Observation] = []
    for sighting in seen {
      let index: Int
      if let known = indices[sighting.state] {
        index = known
      } else {
        guard let record = records[sighting.state] else { continue }
        index = states.count
        indices[sighting.state] = index
        states.append(
          try SubscriptionState(record) { (id) throws(HistoryError) in try text(id) })
      }
      let place = store.overview.imports[Int(sighting.rank)]
      observations.append(
        Observation(
          day: place.observedOn, source: place.source, state: index,
          lastUsageDate: sighting.lastUsageDate.map { CalendarDay(daysSinceEpoch: $0) }))
    }
    return (states, observations)
  }

  private mutating func text(_ id: Int64) throws(HistoryError) -> String {
    if let known = texts[id] { return known }
    let query = try store.statement("SELECT value FROM text WHERE id = ?")
    query.bind(id, at: 1)
    defer { query.reset() }
    let value = try query.step() ? query.text(0) : ""
    if texts.count >= Self.textLimit { texts.removeAll() }
    texts[id] = value
    return value
  }
}
