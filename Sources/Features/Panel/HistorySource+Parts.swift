internal import ForkJoin
package import History

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
  ///   - combine: takes what was made, part by part in this order, on the caller's thread.
  /// - Throws: what reading the history or `combine` throws.
  package func mapCustomers<Part: Sendable>(
    batch: Int, inPartsOf size: Int,
    _ body: @escaping @Sendable (_ customers: ArraySlice<CustomerHistory>, _ first: Int) -> Part,
    combine: (Part) throws -> Void
  ) throws {
    var pending: PendingMap<Part>?
    // Nothing may run on when reading or `combine` throws.
    defer { _ = pending?.finish() }
    func takePending() throws {
      let parts = pending?.finish() ?? []
      pending = nil
      for part in parts { try combine(part) }
    }
    var number = 0
    try forEachCustomerBatch(size: batch) { customers in
      try takePending()
      let base = number
      pending = PendingMap(count: (customers.count + size - 1) / size) { part in
        let first = part * size
        return body(customers[first..<min(first + size, customers.count)], base + first)
      }
      number += customers.count
    }
    try takePending()
  }
}
