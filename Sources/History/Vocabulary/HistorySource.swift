/// One export day of a source, as completeness sees it.
package struct ExportDay: Sendable, Hashable {
  /// The observation day.
  package var day: CalendarDay
  /// Subscriptions with an accepted row on that day, each once.
  package var rows: Int
  /// Every page was there: no `@nextLink` left over, `TotalCount` reached where it was given.
  package var hasAllPages: Bool
  /// The share of the last complete export that is still here; 1 on the first day.
  ///
  /// Rows that were closed by then, or whose commitment had ended by this day, do not count. Where a
  /// loss is confirmed by two exports in a row, it is the share of the export before.
  package var retainedShare: Double
  /// Rows that show a subscription once more that another file of the day shows too.
  package var sharedRows = 0

  /// The share of the last time's subscriptions that a complete export still shows.
  package static let completeShare = 0.8

  /// Whether absence on this day means something.
  package var isComplete: Bool { hasAllPages && retainedShare >= Self.completeShare }

  /// An export day as the store or a test puts it together.
  package init(day: CalendarDay, rows: Int, hasAllPages: Bool, retainedShare: Double) {
    self.day = day
    self.rows = rows
    self.hasAllPages = hasAllPages
    self.retainedShare = retainedShare
  }
}

/// Where exports come from: one partner tenant, or the name given at import.
package struct Source: Sendable, Hashable {
  package var name: String
  /// The days with subscription exports, ascending.
  package var days: [ExportDay]
  /// The days of its usage exports, ascending; those that only a modification time dates are not
  /// among them.
  package var usageDays: [CalendarDay]

  package init(name: String, days: [ExportDay], usageDays: [CalendarDay] = []) {
    self.name = name
    self.days = days
    self.usageDays = usageDays
  }

  /// A source that was silent for longer than this many days has ended, and is not waited for.
  package static let endedAfterDays = 90

  /// The last day up to `asOf` with an export of subscriptions or a dated one of usage; nil without any.
  package func lastSeen(on asOf: CalendarDay) -> CalendarDay? {
    let usage = usageDays.last { $0 <= asOf }
    guard let day = days.last(where: { $0.day <= asOf })?.day else { return usage }
    return usage.map { max($0, day) } ?? day
  }

  /// Whether it was silent for so long that nobody waits for it.
  package func hasEnded(on asOf: CalendarDay) -> Bool {
    lastSeen(on: asOf).map { asOf - $0 > Self.endedAfterDays } ?? false
  }
}

/// Why a subscription or a customer does not train or is not scored.
package enum ExclusionReason: String, Sendable, Hashable, CaseIterable {
  case transferred, migrated, fraud, `internal`, test, other
}

/// One line of an exclusions file: exactly one of the ids is set.
package struct Exclusion: Sendable, Hashable {
  /// The subscription it is about.
  package var subscriptionId: GUID?
  /// The customer it is about, lower case.
  package var customerTenantId: String?
  /// Why.
  package var reason: ExclusionReason
  /// The first day it holds; nil: always.
  package var from: CalendarDay?

  /// An exclusion; exactly one of the ids is given.
  package init(
    subscriptionId: GUID? = nil, customerTenantId: String? = nil, reason: ExclusionReason,
    from: CalendarDay? = nil
  ) {
    self.subscriptionId = subscriptionId
    self.customerTenantId = customerTenantId
    self.reason = reason
    self.from = from
  }
}

/// The door from the history to the features: everything seen, customer by customer.
///
/// A source of history holds the past as a whole; cutting it at a day is the work of `Snapshot`.
package protocol HistorySource {
  /// By name.
  var sources: [Source] { get }
  /// `UsageHistory.meters` are indices into this; the order never changes once given.
  var meters: [Meter] { get }
  var exclusions: [Exclusion] { get }
  /// Events, resellers, referrals and searches.
  var surroundings: Surroundings { get throws }
  /// Calls `body` with up to `size` customers at a time, ordered by `customerTenantId`.
  ///
  /// - Throws: what the store or `body` throws; no further batch follows.
  func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws
  /// The same without the first `count` customers; nobody needs to write this.
  func forEachCustomerBatch(
    size: Int, after count: Int, _ body: ([CustomerHistory]) throws -> Void
  ) throws
}

extension HistorySource {
  /// Reads the first customers and leaves them out.
  package func forEachCustomerBatch(
    size: Int, after count: Int, _ body: ([CustomerHistory]) throws -> Void
  ) throws {
    var left = count
    try forEachCustomerBatch(size: size) { customers in
      let skipped = min(left, customers.count)
      left -= skipped
      if skipped < customers.count { try body(Array(customers.dropFirst(skipped))) }
    }
  }
}

/// A history held in memory: small data and tests.
package struct InMemoryHistory: HistorySource {
  /// By name.
  package var sources: [Source]
  /// What the usage refers to.
  package var meters: [Meter]
  /// In any order.
  package var exclusions: [Exclusion]
  /// What the customers live in.
  package var surroundings = Surroundings()
  /// In any order.
  package var customers: [CustomerHistory]

  /// A history of parts that fit: indices within range, days ascending.
  package init(
    sources: [Source], meters: [Meter], exclusions: [Exclusion] = [], customers: [CustomerHistory]
  ) {
    self.sources = sources
    self.meters = meters
    self.exclusions = exclusions
    self.customers = customers
  }

  /// Calls `body` with up to `size` customers at a time, ordered by `customerTenantId`.
  package func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    let ordered = customers.sorted { $0.customerTenantId < $1.customerTenantId }
    for start in stride(from: 0, to: ordered.count, by: max(1, size)) {
      try body(Array(ordered[start..<min(start + max(1, size), ordered.count)]))
    }
  }
}
