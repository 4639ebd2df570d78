extension HistoryStore {
  /// Calls `body` with up to `size` customers at a time, ordered by `customerTenantId`.
  ///
  /// Only one batch is read at a time, and it ends early where its usage is long: what a batch holds
  /// then stays in the cache, however many subscriptions the customers have. What other processes import
  /// meanwhile is not seen.
  package func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    try forEachCustomerBatch(size: size, after: 0, body)
  }

  /// The same without the first `count` customers, which are not read.
  package func forEachCustomerBatch(
    size: Int, after count: Int, _ body: ([CustomerHistory]) throws -> Void
  ) throws {
    var reader = CustomerReader(self)
    let customers = overview.customers
    var next = count
    // The first batches are small, so that whoever works on them need not wait for long.
    var mostLines = Self.batchLines / 16
    while next < customers.count {
      var batch: [CustomerHistory] = []
      batch.reserveCapacity(min(size, customers.count - next))
      var lines = 0
      repeat {
        let history = try reader.history(of: customers[next])
        lines += history.subscriptions.reduce(0) { $0 + $1.usage.count }
        batch.append(history)
        next += 1
      } while next < customers.count && batch.count < size && lines < mostLines
      mostLines = min(2 * mostLines, Self.batchLines)
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
