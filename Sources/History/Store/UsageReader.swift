// All usage lines of one subscription, in the order of (day, meter, import).
//
//   blobs ──► runs, each of one meter and import, days ascending ──► put in order by (meter, import)
//         ──► every line to the place of its day, run after run  ──► ordered by all three
//
// Dealing lines out by day keeps the order of the runs within a day, so no two lines are ever compared.
// Only a subscription with few lines on many days is sorted, because counting its days would cost more.

/// Reads the usage of one subscription after the other; keeps the room it works in.
struct UsageReader {
  private let store: HistoryStore
  private var query: Statement?
  private var unpacked = UnpackedUsage()
  private var runs: [Run] = []
  private var places: [Int32] = []
  private var room: [SourcedLine] = []
  private var count = 0

  private struct Run {
    var meter: Int32
    /// As of `SourcedLine`.
    var order: UInt64
    /// Days since 1970-01-01 of the first day of its blob.
    var firstDay: Int32
    var lines: Range<Int>
  }

  private static let sql = "SELECT month, import, chunk, packed FROM usage WHERE subscription = ?"

  init(_ store: HistoryStore) { self.store = store }

  /// The lines of the subscription read last, ordered by key and order.
  var lines: ArraySlice<SourcedLine> { room[..<count] }

  /// Reads a subscription.
  ///
  /// Imports and meters that came after the store's overview are left out.
  ///
  /// - Throws: `.unusable` when a blob is damaged.
  mutating func read(_ subscription: Int64) throws(HistoryError) {
    count = 0
    unpacked.removeAll()
    runs.removeAll(keepingCapacity: true)
    let query = try usedQuery()
    query.bind(subscription, at: 1)
    while try query.step() {
      let before = unpacked.runs.count
      guard query.withBytes(3, { PackedUsage.unpack($0, into: &unpacked) }) else {
        query.reset()
        throw store.damagedUsage
      }
      guard let rank = store.overview.rank(of: query.integer(1)) else { continue }
      let order = UInt64(rank) << 24 | UInt64(query.integer(2))
      let firstDay = MonthCalendar.dayBefore(month: Int32(clamping: query.integer(0))) + 1
      for run in unpacked.runs[before...] {
        guard let meter = store.overview.meterIndex(of: run.meter) else { continue }
        runs.append(Run(meter: meter, order: order, firstDay: firstDay, lines: run.lines))
        count += run.lines.count
      }
    }
    guard count > 0 else { return }
    runs.sort { ($0.meter, $0.order) < ($1.meter, $1.order) }
    if room.count < count {
      let empty = SourcedLine(day: 0, meter: 0, rank: 0, chunk: 0, quantity: 0)
      room.append(contentsOf: repeatElement(empty, count: count - room.count))
    }
    dealOut()
  }

  private mutating func usedQuery() throws(HistoryError) -> Statement {
    if let query { return query }
    let prepared = try store.statement(Self.sql)
    query = prepared
    return prepared
  }

  /// Puts the lines of the runs in order.
  private mutating func dealOut() {
    var (first, last) = (Int32.max, Int32.min)
    for run in runs {
      first = min(first, run.firstDay + unpacked.days[run.lines.lowerBound])
      last = max(last, run.firstDay + unpacked.days[run.lines.upperBound - 1])
    }
    let dayCount = Int(last - first) + 1
    guard dayCount <= 16 * count + 512 else { return sortOut() }
    if places.count < dayCount {
      places.append(contentsOf: repeatElement(0, count: dayCount - places.count))
    }
    Self.dealOut(runs, unpacked, from: first, dayCount: dayCount, &places, to: &room)
  }

  private static func dealOut(
    _ runs: [Run], _ unpacked: borrowing UnpackedUsage, from first: Int32, dayCount: Int,
    _ places: inout [Int32], to room: inout [SourcedLine]
  ) {
    let days = unpacked.days.span
    let quantities = unpacked.quantities.span
    var places = places.mutableSpan
    var ordered = room.mutableSpan
    for day in 0..<dayCount { places[day] = 0 }
    for run in runs {
      let shift = run.firstDay - first
      for index in run.lines { places[Int(shift + days[index])] += 1 }
    }
    var place: Int32 = 0
    for day in 0..<dayCount {
      let lines = places[day]
      places[day] = place
      place += lines
    }
    for run in runs {
      let shift = run.firstDay - first
      let key = UInt64(run.meter)
      for index in run.lines {
        let day = Int(shift + days[index])
        let place = Int(places[day])
        places[day] += 1
        ordered[place] = SourcedLine(
          key: UInt64(run.firstDay + days[index]) << 24 | key, order: run.order,
          quantity: quantities[index])
      }
    }
  }

  private mutating func sortOut() {
    var place = 0
    for run in runs {
      for index in run.lines {
        room[place] = SourcedLine(
          key: UInt64(run.firstDay + unpacked.days[index]) << 24 | UInt64(run.meter),
          order: run.order, quantity: unpacked.quantities[index])
        place += 1
      }
    }
    room[..<count].sort { ($0.key, $0.order) < ($1.key, $1.order) }
  }
}
