internal import ForkJoin
package import History

/// The first batches of a store are small; this one is large enough to be worked on for a while.
private let smallBatches = 5

extension HistorySource {
  /// Calls `body` with the customers in parts, on all threads, while the next ones are read.
  ///
  /// Two batches are in memory at a time.
  ///
  /// - Parameters:
  ///   - batch: customers that are read at a time, ≥ 1.
  ///   - size: customers of a part, ≥ 1: one thread makes it.
  ///   - body: makes something of a part; the customers have numbers from `first` on, in the order of the
  ///     history.
  ///   - meanwhile: is called once on the caller's thread, while a batch is worked on: not one of the first
  ///     ones, which are small.
  ///   - combine: takes what was made of each batch, in this order, on the caller's thread.
  /// - Throws: what reading the history, `meanwhile` or `combine` throws.
  package func mapCustomers<Part: Sendable>(
    batch: Int, inPartsOf size: Int,
    _ body: @escaping @Sendable (_ customers: ArraySlice<CustomerHistory>, _ first: Int) -> Part,
    meanwhile: () throws -> Void = {},
    combine: ([Part]) throws -> Void
  ) throws {
    var pending: PendingMap<Part>?
    // Nothing may run on when reading or `combine` throws.
    defer { _ = pending?.finish() }
    func takePending() throws {
      let parts = pending?.finish() ?? []
      pending = nil
      if !parts.isEmpty { try combine(parts) }
    }
    var (number, batches) = (0, 0)
    try forEachCustomerBatch(size: batch) { customers in
      try takePending()
      let base = number
      pending = PendingMap(count: (customers.count + size - 1) / size) { part in
        let first = part * size
        return body(customers[first..<min(first + size, customers.count)], base + first)
      }
      batches += 1
      if batches == smallBatches { try meanwhile() }
      number += customers.count
    }
    if batches < smallBatches { try meanwhile() }
    try takePending()
  }

  /// Adds something of all customers up, on all threads, while the next ones are read.
  ///
  /// Each thread adds to a sum of its own: they must amount to the same in any order.
  ///
  /// - Parameters:
  ///   - batch: customers that are read at a time, ≥ 1.
  ///   - size: customers that a thread takes at a time, ≥ 1.
  ///   - empty: an empty sum.
  ///   - add: adds a customer.
  ///   - meanwhile: as for `mapCustomers`.
  /// - Returns: the sums of the threads; none without customers.
  /// - Throws: what reading the history throws.
  package func sums<Sum: Sendable>(
    batch: Int, inPartsOf size: Int, empty: Sum,
    _ add: @escaping @Sendable (_ sum: inout Sum, _ customer: CustomerHistory) -> Void,
    meanwhile: () throws -> Void = {}
  ) throws -> [Sum] {
    let idle = Monitor<[Sum]>([])
    try mapCustomers(batch: batch, inPartsOf: size) { customers, _ in
      var sum = idle.changeQuietly { $0.popLast() } ?? empty
      for customer in customers { add(&sum, customer) }
      idle.changeQuietly { $0.append(sum) }
    } meanwhile: {
      try meanwhile()
    } combine: { _ in
    }
    return idle.changeQuietly { $0 }
  }
}
