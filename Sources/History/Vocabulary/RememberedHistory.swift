/// A history that is read several times and, as far as memory goes, from its base once.
///
/// The customers that the first reading gives are kept until they take `mostBytes`; later readings begin with
/// these and read only the others again.
package final class RememberedHistory<Base: HistorySource>: HistorySource {
  private let base: Base
  private let mostBytes: Int
  /// The first customers; nil before the first whole reading.
  private var remembered: [CustomerHistory]?

  /// - Parameters:
  ///   - base: does not change.
  ///   - mostBytes: that remembered customers may take, about.
  package init(_ base: Base, mostBytes: Int = 96_000_000) {
    self.base = base
    self.mostBytes = mostBytes
  }

  package var sources: [Source] { base.sources }
  package var meters: [Meter] { base.meters }
  package var exclusions: [Exclusion] { base.exclusions }
  package var surroundings: Surroundings { get throws { try base.surroundings } }

  package func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    if let remembered {
      for start in stride(from: 0, to: remembered.count, by: max(1, size)) {
        try body(Array(remembered[start..<min(start + max(1, size), remembered.count)]))
      }
      return try base.forEachCustomerBatch(size: size, after: remembered.count, body)
    }
    var first: [CustomerHistory] = []
    var (bytes, isFull) = (0, false)
    try base.forEachCustomerBatch(size: size) { customers in
      for customer in customers where !isFull {
        bytes += customer.bytes
        isFull = bytes > mostBytes
        if !isFull { first.append(customer) }
      }
      try body(customers)
    }
    remembered = first
  }
}

extension CustomerHistory {
  /// How much memory it takes, about; texts are shared with others.
  fileprivate var bytes: Int {
    subscriptions.reduce(MemoryLayout<CustomerHistory>.stride) { bytes, subscription in
      bytes + MemoryLayout<SubscriptionHistory>.stride
        + subscription.observations.count * MemoryLayout<Observation>.stride
        + subscription.states.count * MemoryLayout<SubscriptionState>.stride
        + subscription.usage.bytes
    }
  }
}

extension UsageHistory {
  fileprivate var bytes: Int {
    let line =
      2 * MemoryLayout<CalendarDay>.stride + MemoryLayout<Int32>.stride
      + MemoryLayout<Double>.stride
    return days.count * line + costs.count * MemoryLayout<Double>.stride
  }
}
