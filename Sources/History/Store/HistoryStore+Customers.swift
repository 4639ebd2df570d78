extension HistoryStore {
  /// Calls `body` with up to `size` customers at a time, ordered by `customerTenantId`.
  ///
  /// Only one batch is read at a time, and it ends early where its usage is long: what a batch holds
  /// then stays in the cache, however many subscriptions the customers have. What other processes import
  /// meanwhile is not seen.
  package func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    keepFreedMemory()
    var reader = CustomerReader(self)
    let customers = overview.customers
    var next = 0
    while next < customers.count {
      var batch: [CustomerHistory] = []
      var lines = 0
      repeat {
        let history = try reader.history(of: customers[next])
        lines += history.subscriptions.reduce(0) { $0 + $1.usage.count }
        batch.append(history)
        next += 1
      } while next < customers.count && batch.count < size && lines < Self.batchLines
      try body(batch)
    }
  }

  /// Usage lines, of 20 bytes each, from which on a batch takes no further customer.
  static let batchLines = 100_000

  /// Calls `body` with each subscription that an export has shown, without its usage.
  ///
  /// They come by id. What other processes import meanwhile is not seen.
  ///
  /// - Parameters:
  ///   - wanted: others are not read; nil = all.
  ///   - isNewestOnly: whether what each source showed last is enough; much faster.
  ///   - body: takes one after the other.
  /// - Throws: `.unusable` when the store is damaged, and what `body` throws.
  package func forEachObservedSubscription(
    within wanted: Set<GUID>? = nil, isNewestOnly: Bool = false,
    _ body: (SubscriptionHistory) throws -> Void
  ) throws {
    var reader = CustomerReader(self)
    let subscriptions = overview.customers.flatMap { customer in
      customer.subscriptions.filter { id, guid in
        overview.hasObserved(id) && wanted?.contains(guid) ?? true
      }
    }
    for (id, guid) in subscriptions.sorted(by: { $0.guid < $1.guid }) {
      let subscription =
        isNewestOnly ? try reader.newest(id, guid) : try reader.subscription(id, guid)
      if !subscription.observations.isEmpty { try body(subscription) }
    }
  }

  /// All usage lines of a subscription, month by month, each month in one call and ordered.
  ///
  /// - Throws: `.unusable` when a blob is damaged.
  func forEachUsageMonth(
    of subscription: Int64, _ body: (inout [SourcedLine]) -> Void
  ) throws(HistoryError) {
    var reader = UsageReader(self)
    let lines = try reader.lines(of: subscription)
    var calendar = MonthCalendar()
    var start = lines.startIndex
    while start < lines.endIndex {
      let month = calendar.split(lines[start].day.daysSinceEpoch).month
      let lastDay = CalendarDay(daysSinceEpoch: MonthCalendar.dayBefore(month: month + 1))
      let end = lines[start...].firstIndex { $0.day > lastDay } ?? lines.endIndex
      var part = Array(lines[start..<end])
      body(&part)
      start = end
    }
  }

  /// Says that a blob of usage cannot be unpacked.
  var damagedUsage: HistoryError {
    HistoryError(
      .unusable, path: path, what: "usage in the store is damaged",
      remedy: "Restore a copy, or import the exports into a new store.")
  }
}

/// Reads customers, remembering the texts that many of them share.
struct CustomerReader {
  let store: HistoryStore
  private var usage: UsageReader
  private var texts: [Int64: String] = [:]

  /// Above this many texts the memory starts afresh.
  private static let textLimit = 200_000

  init(_ store: HistoryStore) {
    self.store = store
    usage = UsageReader(store)
  }

  mutating func history(of customer: CustomerIndex) throws(HistoryError) -> CustomerHistory {
    var subscriptions: [SubscriptionHistory] = []
    for (id, guid) in customer.subscriptions {
      var subscription = try subscription(id, guid)
      subscription.usage = try usage.mergedHistory(of: id)
      subscriptions.append(subscription)
    }
    return CustomerHistory(
      customerTenantId: customer.customerTenantId, subscriptions: subscriptions)
  }

  /// One subscription without its usage.
  mutating func subscription(
    _ id: Int64, _ guid: GUID
  ) throws(HistoryError) -> SubscriptionHistory {
    let (states, observations) = try observations(of: id)
    return SubscriptionHistory(
      id: guid, states: states, observations: observations, usage: UsageHistory())
  }

  /// What each source showed last of a subscription.
  mutating func newest(_ id: Int64, _ guid: GUID) throws(HistoryError) -> SubscriptionHistory {
    var records: [Int64: StateRecord] = [:]
    let seen = store.overview.newestSightings(of: id)
    for sighting in seen where records[sighting.state] == nil {
      records[sighting.state] = try store.state(sighting.state)
    }
    let (states, observations) = try observations(seen, records)
    return SubscriptionHistory(
      id: guid, states: states, observations: observations, usage: UsageHistory())
  }

  private mutating func observations(
    of subscription: Int64
  ) throws(HistoryError) -> ([SubscriptionState], [Observation]) {
    guard store.overview.hasObserved(subscription) else { return ([], []) }
    let seen = try store.sightings(of: subscription)
    guard !seen.isEmpty else { return ([], []) }
    var records: [Int64: StateRecord] = [:]
    try store.forEachState(of: subscription) { id, record in records[id] = record }
    return try observations(seen, records)
  }

  private mutating func observations(
    _ seen: [Sighting], _ records: [Int64: StateRecord]
  ) throws(HistoryError) -> ([SubscriptionState], [Observation]) {
    var states: [SubscriptionState] = []
    var indices: [Int64: Int] = [:]
    var observations: [Observation] = []
    observations.reserveCapacity(seen.count)
    var last: (state: Int64, index: Int)?
    for sighting in seen {
      let index: Int
      if let last, last.state == sighting.state {
        index = last.index
      } else if let known = indices[sighting.state] {
        index = known
      } else {
        guard let record = records[sighting.state] else { continue }
        index = states.count
        indices[sighting.state] = index
        states.append(
          try SubscriptionState(record) { (id) throws(HistoryError) in try text(id) })
      }
      last = (sighting.state, index)
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
