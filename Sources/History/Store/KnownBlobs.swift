/// The blobs in which the store may know lines of some subscriptions, fetched and not yet unpacked.
///
/// Only one thread may ask the store, but unpacking and comparing go on all cores.
struct KnownBlobs: Sendable {
  private struct Blob: Sendable {
    var subscription: Int64
    /// Days since 1970-01-01 of the first day of its month.
    var firstDay: Int32
    /// Later ones win: by import, then chunk, then time.
    var rank: Int32
    var chunk: Int64
    var isFromThisImport: Bool
    var range: Range<Int>
  }

  /// By subscription.
  private var blobs: [Blob] = []
  private var bytes: [UInt8] = []
  private var next = 0
  private var unpacked = UnpackedUsage()

  /// Fetches what the store has of the days of staged lines.
  ///
  /// - Parameters:
  ///   - staged: Sorted by key.
  ///   - met: What of the store they meet.
  ///   - importId: The import being written.
  ///   - store: In the transaction of that import.
  /// - Throws: `.unusable` when the store is damaged.
  init(
    of staged: ArraySlice<UsageStaging.Line>, meeting met: MetUsage, importId: Int64,
    in store: HistoryStore
  ) throws(HistoryError) {
    let query = try store.statement(
      """
      SELECT month, import, chunk, packed FROM usage
      WHERE subscription = ? AND month BETWEEN ? AND ?
      """)
    var calendar = MonthCalendar()
    var index = staged.startIndex
    while index < staged.endIndex {
      let subscription = staged[index].subscription
      var (first, last) = (Int32.max, Int32.min)
      while index < staged.endIndex, staged[index].subscription == subscription {
        let day = staged[index].daysSinceEpoch
        if met.days[Int(day)] {
          first = min(first, day)
          last = day
        }
        index += 1
      }
      guard first <= last else { continue }
      query.bind(subscription, at: 1)
      // A blob holds twelve months at most.
      query.bind(Int64(max(met.firstMonth, calendar.split(first).month - 11)), at: 2)
      query.bind(Int64(calendar.split(last).month), at: 3)
      while try query.step() {
        guard let rank = met.ranks[query.integer(1)] else { continue }
        let start = bytes.count
        query.withBytes(3) { bytes.append(copying: $0) }
        blobs.append(
          Blob(
            subscription: subscription,
            firstDay: MonthCalendar.dayBefore(month: Int32(clamping: query.integer(0))) + 1,
            rank: rank, chunk: query.integer(2), isFromThisImport: query.integer(1) == importId,
            range: start..<bytes.count))
      }
    }
  }

  /// The last quantity of each line of a subscription.
  ///
  /// - Parameters:
  ///   - subscription: Row ids ascend from call to call.
  ///   - days: Since 1970-01-01; other lines are left out.
  /// - Returns: one line per (day, meter), by key; nil when a blob is damaged.
  mutating func lines(of subscription: Int64, on days: ClosedRange<Int32>) -> [KnownLine]? {
    while next < blobs.count, blobs[next].subscription < subscription { next += 1 }
    let start = next
    while next < blobs.count, blobs[next].subscription == subscription { next += 1 }
    guard start < next else { return [] }
    let bytes = bytes
    var found: [(key: UInt64, position: Int, line: KnownLine)] = []
    for blob in blobs[start..<next].sorted(by: { ($0.rank, $0.chunk) < ($1.rank, $1.chunk) }) {
      unpacked.removeAll()
      guard PackedUsage.unpack(bytes.span.extracting(blob.range), into: &unpacked) else {
        return nil
      }
      for run in unpacked.runs {
        for index in run.lines {
          let day = blob.firstDay + unpacked.days[index]
          guard days.contains(day) else { continue }
          let key = UInt64(day) << 20 | UInt64(run.meter)
          found.append(
            (
              key, found.count,
              KnownLine(
                key: key, quantity: unpacked.quantities[index],
                isFromThisImport: blob.isFromThisImport)
            ))
        }
      }
    }
    found.sort { ($0.key, $0.position) < ($1.key, $1.position) }
    return found.indices.compactMap { index in
      index + 1 < found.count && found[index + 1].key == found[index].key
        ? nil : found[index].line
    }
  }
}
