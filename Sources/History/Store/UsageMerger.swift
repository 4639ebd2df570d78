// One subscription's usage, put together from what several imports said about it.
//
//   imports, by (day, source, id)            day 3, meter 7      UsageHistory
//   ───────────────────────────────────      ──────────────      ────────────────────────────
//   2025-03-10  dated                        12.0                12.0  firstKnown 2025-03-10
//   2025-03-17  dated                        12.0                (said before: nothing new)
//   2025-03-24  dated                        19.5                19.5  firstKnown 2025-03-24
//   2025-05-30  not dated (file time only)   20.0                both replaced by 20.0, earliest
//
// The rules for the lines of one (day, meter), in that order:
//
// 1. A first line is known from its import's explicit day. Without an explicit day, or when that
//    day is more than 31 days after the usage (a backfill), only the reporting lag delays it.
// 2. The quantity that was known already: dropped. Without an explicit day the line may have been
//    known all the time, so it takes the day away; but a correction never moves before what it
//    corrects, and a later dated export, however late, takes nothing away.
// 3. Another quantity with an explicit day: a correction, known from that day on.
// 4. Another quantity without an explicit day: nobody knows when it became known, so it takes the
//    place of everything before it.

/// A usage line with the import that brought it.
struct SourcedLine {
  /// day · 2^24 + index of the meter.
  var key: UInt64
  /// Position of the import, then the chunk: later lines win.
  var order: UInt64
  var quantity: Double
}

/// Merges lines into a `UsageHistory`.
struct UsageMerger {
  /// An import that explains a line more than this many days after its usage date says nothing
  /// about the reporting lag: it is a backfill.
  static let backfillDays = 31

  /// By rank, the explicit day of each import.
  let explicitDays: [CalendarDay?]

  init(_ imports: [ImportOrder]) {
    explicitDays = imports.map(\.explicitDay)
  }

  /// What lines amount to that are ordered by key and order, all of one subscription.
  ///
  /// - Returns: a history of these lines only.
  func merged(_ lines: ArraySlice<SourcedLine>) -> UsageHistory {
    var history = UsageHistory()
    appendAll(lines, to: &history)
    return history
  }

  /// Orders the lines and appends what they amount to.
  ///
  /// - Parameters:
  ///   - lines: Lines of one subscription, later days than those already in `history`; put in order.
  ///   - history: Added to.
  func merge(_ lines: inout [SourcedLine], into history: inout UsageHistory) {
    if !Self.isOrdered(lines) {
      lines.sort { ($0.key, $0.order) < ($1.key, $1.order) }
    }
    appendAll(lines[...], to: &history)
  }

  private func appendAll(_ lines: ArraySlice<SourcedLine>, to history: inout UsageHistory) {
    var start = lines.startIndex
    while start < lines.endIndex {
      let key = lines[start].key
      var end = start + 1
      while end < lines.endIndex, lines[end].key == key { end += 1 }
      append(lines[start..<end], to: &history)
      start = end
    }
  }

  /// The explicit day from which a line is known, or nil when only the lag delays it.
  func firstKnown(_ line: SourcedLine) -> CalendarDay? {
    guard let seen = explicitDays[line.rank] else { return nil }
    return seen - line.day > Self.backfillDays ? nil : seen
  }

  private func append(_ lines: ArraySlice<SourcedLine>, to history: inout UsageHistory) {
    let first = history.count
    for (index, line) in zip(lines.indices, lines) {
      // Of the chunks of one import the last counts, as the last of its lines does.
      if index + 1 < lines.endIndex, lines[index + 1].rank == line.rank { continue }
      let last = history.count - 1
      if last < first {
        history.append(
          day: line.day, meter: line.meter, quantity: line.quantity,
          firstKnown: firstKnown(line) ?? UsageHistory.earliest)
      } else if history.quantities[last] == line.quantity {
        if explicitDays[line.rank] == nil, last == first {
          history.firstKnown[last] = UsageHistory.earliest
        }
      } else if let corrected = explicitDays[line.rank] {
        if history.firstKnown[last] == corrected {
          history.quantities[last] = line.quantity
        } else {
          history.append(
            day: line.day, meter: line.meter, quantity: line.quantity, firstKnown: corrected)
        }
      } else {
        history.removeLast(history.count - first)
        history.append(day: line.day, meter: line.meter, quantity: line.quantity)
      }
    }
  }

  private static func isOrdered(_ lines: [SourcedLine]) -> Bool {
    for index in 1..<max(1, lines.count) {
      let (left, right) = (lines[index - 1], lines[index])
      if left.key > right.key || left.key == right.key && left.order > right.order { return false }
    }
    return true
  }
}

extension SourcedLine {
  /// A line of one import.
  ///
  /// - Parameters:
  ///   - day: From 1970-01-01 on.
  ///   - meter: Index of the meter.
  ///   - rank: Position of the import in the order of the store.
  ///   - chunk: Of the import, < 2^24.
  ///   - quantity: In the meter's unit.
  init(day: Int32, meter: Int32, rank: Int32, chunk: Int64, quantity: Double) {
    key = UInt64(day) << 24 | UInt64(meter)
    order = UInt64(rank) << 24 | UInt64(chunk)
    self.quantity = quantity
  }

  var day: CalendarDay { CalendarDay(daysSinceEpoch: Int32(key >> 24)) }
  var meter: Int32 { Int32(key & 0xFF_FFFF) }
  var rank: Int { Int(order >> 24) }
}

extension UsageHistory {
  fileprivate mutating func removeLast(_ count: Int) {
    days.removeLast(count)
    meters.removeLast(count)
    quantities.removeLast(count)
    firstKnown.removeLast(count)
  }
}
