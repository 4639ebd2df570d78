// All usage lines of one subscription, in the order of (day, meter, import).
//
//   blobs ──► runs, each of one meter and import, days ascending ──► put in order by (meter, import)
//         ──► every line to the place of its day, run after run  ──► ordered by all three
//
// Dealing lines out by day keeps the order of the runs within a day, so no two lines are ever compared.
// Only a subscription with few lines on many days is sorted, because counting its days would cost more.
// Where no two imports speak of the same (day, meter), which the runs tell without looking at lines,
// the places are those in the history itself.

/// Reads the usage of one subscription after the other; keeps the room it works in.
struct UsageReader {
  private let store: HistoryStore
  private let overview: StoreOverview
  private let merger: UsageMerger
  private var billed: BilledReader
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

  /// The first months of the blobs that are read.
  private let months: ClosedRange<Int64>

  /// - Parameters:
  ///   - store: Imports and meters that come after its overview are left out.
  ///   - days: Lines of these are complete, those of other days may be left out; nil = all days.
  init(_ store: HistoryStore, on days: ClosedRange<CalendarDay>? = nil) {
    self.store = store
    if let days {
      var calendar = MonthCalendar()
      // A blob has lines of at most so many months.
      let first = calendar.split(days.lowerBound.daysSinceEpoch).month - PackedUsage.months + 1
      months = Int64(first)...Int64(calendar.split(days.upperBound.daysSinceEpoch).month)
    } else {
      months = Int64.min...Int64.max
    }
    overview = store.overview
    merger = UsageMerger(overview.imports)
    billed = BilledReader(store)
  }

  /// The lines of a subscription, ordered by key and order.
  ///
  /// - Throws: `.unusable` when a blob is damaged.
  mutating func lines(of subscription: Int64) throws(HistoryError) -> ArraySlice<SourcedLine> {
    try read(subscription)
    return orderedLines()
  }

  /// What the lines of a subscription amount to.
  ///
  /// - Throws: `.unusable` when a blob is damaged.
  mutating func history(of subscription: Int64) throws(HistoryError) -> UsageHistory {
    try read(subscription)
    guard count > 0 else { return UsageHistory() }
    let days = days
    guard isCountable(days), !hasRepeats() else { return merger.merged(orderedLines()) }
    clearPlaces(days)
    return Self.dealOut(runs, unpacked, merger, over: days, count: count, &places)
  }

  /// The same with billed usage, where there is any.
  ///
  /// - Throws: `.unusable` when a blob is damaged.
  mutating func mergedHistory(of subscription: Int64) throws(HistoryError) -> UsageHistory {
    let measured = try history(of: subscription)
    guard overview.hasBilling else { return measured }
    try billed.read(subscription, beside: measured)
    return measured.merged(with: billed.usage)
  }

  /// Reads the runs of a subscription and puts them in order.
  private mutating func read(_ subscription: Int64) throws(HistoryError) {
    count = 0
    unpacked.removeAll()
    runs.removeAll(keepingCapacity: true)
    let query = try usedQuery()
    query.bind(subscription, at: 1)
    query.bind(months.lowerBound, at: 2)
    query.bind(months.upperBound, at: 3)
    while try query.step() {
      let before = unpacked.runs.count
      guard query.withBytes(3, { PackedUsage.unpack($0, into: &unpacked) }) else {
        query.reset()
        throw store.damagedUsage
      }
      guard let rank = overview.rank(of: query.integer(1)) else { continue }
      let order = UInt64(rank) << 24 | UInt64(query.integer(2))
      let firstDay = MonthCalendar.dayBefore(month: Int32(clamping: query.integer(0))) + 1
      for run in unpacked.runs[before...] {
        guard let meter = overview.meterIndex(of: run.meter) else { continue }
        runs.append(Run(meter: meter, order: order, firstDay: firstDay, lines: run.lines))
        count += run.lines.count
      }
    }
    runs.sort { ($0.meter, $0.order) < ($1.meter, $1.order) }
  }

  private mutating func usedQuery() throws(HistoryError) -> Statement {
    if let query { return query }
    // What becomes recent later is of imports that are left out.
    let hasRecent = try store.connection.integer("SELECT 1 FROM usage_recent LIMIT 1") != nil
    let prepared = try store.statement(
      """
      SELECT month, import, chunk, packed FROM \(hasRecent ? "usage" : SettledUsage.settled)
      WHERE subscription = ? AND month BETWEEN ? AND ?
      """)
    query = prepared
    return prepared
  }

  // MARK: - Days

  private func firstDay(of run: Run) -> Int32 {
    run.firstDay + unpacked.days[run.lines.lowerBound]
  }

  private func lastDay(of run: Run) -> Int32 {
    run.firstDay + unpacked.days[run.lines.upperBound - 1]
  }

  /// From the first to the last line.
  private var days: ClosedRange<Int32> {
    var (first, last) = (Int32.max, Int32.min)
    for run in runs {
      first = min(first, firstDay(of: run))
      last = max(last, lastDay(of: run))
    }
    return first...last
  }

  private func isCountable(_ days: ClosedRange<Int32>) -> Bool {
    Self.length(days) <= 16 * count + 512
  }

  /// How many days there are; `ClosedRange` would count its elements as any collection does.
  private static func length(_ days: ClosedRange<Int32>) -> Int {
    Int(days.upperBound) - Int(days.lowerBound) + 1
  }

  /// Whether two runs of one meter may have lines of the same day.
  private func hasRepeats() -> Bool {
    for index in 1..<max(1, runs.count)
    where runs[index].meter == runs[index - 1].meter
      && firstDay(of: runs[index]) <= lastDay(of: runs[index - 1])
    { return true }
    return false
  }

  private mutating func clearPlaces(_ days: ClosedRange<Int32>) {
    let length = Self.length(days)
    if places.count < length {
      places.append(contentsOf: repeatElement(0, count: length - places.count))
    }
    for day in 0..<length { places[day] = 0 }
  }

  // MARK: - Places

  /// Turns zeros into the place where the first line of each day goes.
  private static func count(
    _ runs: [Run], _ days: Span<Int32>, over dayRange: ClosedRange<Int32>,
    _ places: inout MutableSpan<Int32>
  ) {
    for run in runs {
      let shift = run.firstDay - dayRange.lowerBound
      for index in run.lines { places[Int(shift &+ days[index])] &+= 1 }
    }
    var place: Int32 = 0
    for day in 0..<length(dayRange) {
      let lines = places[day]
      places[day] = place
      place += lines
    }
  }

  /// Deals lines out that are the only ones of their (day, meter).
  private static func dealOut(
    _ runs: [Run], _ unpacked: borrowing UnpackedUsage, _ merger: UsageMerger,
    over dayRange: ClosedRange<Int32>, count: Int, _ places: inout [Int32]
  ) -> UsageHistory {
    var history = UsageHistory()
    history.days = room(count) { days in
      history.meters = room(count) { meters in
        history.quantities = room(count) { quantities in
          history.firstKnown = room(count) { firstKnown in
            dealOut(
              runs, unpacked, merger, over: dayRange, &places, &days, &meters, &quantities,
              &firstKnown)
          }
        }
      }
    }
    return history
  }

  /// An array whose elements `body` writes, every one of them: zeros before would be written for nothing.
  private static func room<Element: BitwiseCopyable>(
    _ count: Int, _ body: (inout MutableSpan<Element>) -> Void
  ) -> [Element] {
    unsafe Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // SAFETY: trivial elements, none of which is read before `body` has written it.
      var span = unsafe MutableSpan(_unsafeElements: buffer.extracting(..<count))
      body(&span)
      initializedCount = count
    }
  }

  private static func dealOut(
    _ runs: [Run], _ unpacked: borrowing UnpackedUsage, _ merger: UsageMerger,
    over dayRange: ClosedRange<Int32>, _ places: inout [Int32],
    _ dayColumn: inout MutableSpan<CalendarDay>, _ meterColumn: inout MutableSpan<Int32>,
    _ quantityColumn: inout MutableSpan<Double>, _ knownColumn: inout MutableSpan<CalendarDay>
  ) {
    let days = unpacked.days.span
    let quantities = unpacked.quantities.span
    var places = places.mutableSpan
    Self.count(runs, days, over: dayRange, &places)
    for run in runs {
      let shift = run.firstDay - dayRange.lowerBound
      let seen = merger.explicitDays[Int(run.order >> 24)]
      let known = seen ?? UsageHistory.earliest
      // Of lines before this day the import says nothing.
      let backfill = seen.map { $0.daysSinceEpoch - Int32(UsageMerger.backfillDays) } ?? Int32.max
      for index in run.lines {
        // SAFETY: the same lines of the same days were counted with every access checked, so their
        // places are those below `count`, each once.
        let offset = unsafe days[unchecked: index]
        let place = unsafe Int(places[unchecked: Int(shift &+ offset)])
        unsafe places[unchecked: Int(shift &+ offset)] &+= 1
        let day = run.firstDay &+ offset
        unsafe dayColumn[unchecked: place] = CalendarDay(daysSinceEpoch: day)
        unsafe meterColumn[unchecked: place] = run.meter
        unsafe quantityColumn[unchecked: place] = quantities[unchecked: index]
        unsafe knownColumn[unchecked: place] =
          day < backfill ? UsageHistory.earliest : known
      }
    }
  }

  /// The lines of the runs in order.
  private mutating func orderedLines() -> ArraySlice<SourcedLine> {
    if room.count < count {
      let empty = SourcedLine(day: 0, meter: 0, rank: 0, chunk: 0, quantity: 0)
      room.append(contentsOf: repeatElement(empty, count: count - room.count))
    }
    guard count > 0 else { return [] }
    let days = days
    if isCountable(days) {
      clearPlaces(days)
      Self.dealOut(runs, unpacked, over: days, &places, to: &room)
    } else {
      sortOut()
    }
    return room[..<count]
  }

  private static func dealOut(
    _ runs: [Run], _ unpacked: borrowing UnpackedUsage, over dayRange: ClosedRange<Int32>,
    _ places: inout [Int32], to room: inout [SourcedLine]
  ) {
    let days = unpacked.days.span
    let quantities = unpacked.quantities.span
    var places = places.mutableSpan
    var ordered = room.mutableSpan
    Self.count(runs, days, over: dayRange, &places)
    for run in runs {
      let shift = run.firstDay - dayRange.lowerBound
      for index in run.lines {
        let place = Int(places[Int(shift + days[index])])
        places[Int(shift + days[index])] += 1
        ordered[place] = SourcedLine(
          key: UInt64(run.firstDay + days[index]) << 24 | UInt64(run.meter), order: run.order,
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
