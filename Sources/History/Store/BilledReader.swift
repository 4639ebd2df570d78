/// Reads the billed usage of one subscription after the other; keeps the room it works in.
struct BilledReader {
  private let store: HistoryStore
  private let overview: StoreOverview
  private var merger: BilledMerger
  private var query: Statement?
  private var lines: [BilledLine] = []
  /// What the billed lines of the subscription amount to that was read last.
  private(set) var usage = UsageHistory()

  /// - Parameter store: imports and meters that come after its overview are left out.
  init(_ store: HistoryStore) {
    self.store = store
    overview = store.overview
    merger = BilledMerger(overview.imports, beside: nil)
  }

  /// Reads a subscription, as `HistoryStore.billedUsage` does.
  mutating func read(_ subscription: Int64, beside measured: UsageHistory?) throws(HistoryError) {
    usage.removeAll(keepingCapacity: true)
    merger.restart(beside: measured)
    let query = try store.statement(
      keptIn: &query,
      """
      SELECT month, import, packed FROM billing WHERE subscription = ?
      ORDER BY month, import, chunk
      """)
    query.bind(subscription, at: 1)
    defer { query.reset() }
    var month: Int64 = -1
    while try query.step() {
      if query.integer(0) != month {
        merger.flush(into: &usage)
        month = query.integer(0)
      }
      guard let rank = overview.rank(of: query.integer(1)) else { continue }
      lines.removeAll(keepingCapacity: true)
      try store.readBilledLines(query, month: month, column: 2, into: &lines)
      for line in lines {
        guard let meter = overview.meterIndex(of: line.meter) else { continue }
        merger.add(line, meter: meter, rank: Int(rank))
      }
    }
    merger.flush(into: &usage)
  }
}

extension UsageHistory {
  fileprivate mutating func removeAll(keepingCapacity: Bool) {
    days.removeAll(keepingCapacity: keepingCapacity)
    meters.removeAll(keepingCapacity: keepingCapacity)
    quantities.removeAll(keepingCapacity: keepingCapacity)
    firstKnown.removeAll(keepingCapacity: keepingCapacity)
    costs.removeAll(keepingCapacity: keepingCapacity)
  }
}
