/// A (day, meter) of one subscription and what the store knows of it, ordered by key.
struct KnownLine: Sendable, Hashable {
  /// day · 2^20 + meter, as the low bits of a staged line's key.
  var key: UInt64
  var quantity: Double
  /// The import being written has brought it, in an earlier chunk.
  var isFromThisImport: Bool
}

/// Sorted lines of some subscriptions, turned into blobs.
///
/// A blob holds lines of one subscription and at most twelve months; with many lines it ends earlier,
/// so that SQLite keeps it on one page with others. A value on its own, so that several parts can be
/// packed at once.
struct PackedPart: Sendable {
  struct Blob: Sendable {
    /// Row id.
    var subscription: Int64
    /// Of the first line: year · 12 + month - 1.
    var month: Int32
    var lineCount: Int
    /// Where it is in `bytes`.
    var range: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  /// By subscription and time.
  private(set) var blobs: [Blob] = []
  private(set) var tally = UsageTally()
  private(set) var restatedDays = RestatedDays()
  /// Lines packed, by days since 1970-01-01.
  private(set) var linesByDay = [Int32](repeating: 0, count: Int(UsageStaging.dayLimit))
  /// By the meter's row id, as far as meters were packed.
  private(set) var usedMeters: [Bool] = []

  private var months = MonthCalendar()
  private var lines: [PackedLine] = []
  private var packer = UsagePacker()
  // Of the blob being filled.
  private var month: Int32 = 0
  private var firstDay: Int32 = 0
  private var dayLimit: Int32 = 0

  /// A blob with so many lines ends with the month.
  static let fullCount = 512

  /// Packs lines.
  ///
  /// - Parameters:
  ///   - staged: sorted by key, lines of one key in the order of the file.
  ///   - known: what the store knows of them.
  /// - Returns: false when a blob of the store is damaged.
  mutating func pack(_ staged: ArraySlice<UsageStaging.Line>, known: KnownBlobs?) -> Bool {
    var known = known
    var index = staged.startIndex
    while index < staged.endIndex {
      let subscription = staged[index].subscription
      var end = index + 1
      while end < staged.endIndex, staged[end].subscription == subscription { end += 1 }
      let days = staged[index].daysSinceEpoch...staged[end - 1].daysSinceEpoch
      guard let knownLines = known == nil ? [] : known?.lines(of: subscription, on: days) else {
        return false
      }
      pack(staged[index..<end], of: subscription, known: knownLines)
      index = end
    }
    return true
  }

  /// Packs the lines of one subscription.
  private mutating func pack(
    _ staged: ArraySlice<UsageStaging.Line>, of subscription: Int64, known: [KnownLine]
  ) {
    var next = 0
    var index = staged.startIndex
    while index < staged.endIndex {
      let line = staged[index]
      index += 1
      if index < staged.endIndex, staged[index].key == line.key {
        // The last of several lines counts; the order of the file was kept by the sort.
        if staged[index].quantity == line.quantity {
          tally.repeated += 1
        } else {
          tally.restated += 1
        }
        continue
      }
      let key = line.key & (1 << 36 - 1)
      while next < known.count, known[next].key < key { next += 1 }
      if next < known.count, known[next].key == key {
        if !classify(line, against: known[next]) { continue }
      } else {
        tally.new += 1
      }
      append(line, of: subscription)
    }
    finish(subscription)
  }

  private mutating func append(_ line: UsageStaging.Line, of subscription: Int64) {
    let day = line.daysSinceEpoch
    if let last = lines.last,
      day > dayLimit
        || lines.count >= Self.fullCount && day > lastDay(ofMonthOf: firstDay + last.day)
    {
      finish(subscription)
    }
    if lines.isEmpty {
      let place = months.split(day)
      month = place.month
      firstDay = day - Int32(place.dayOfMonth) + 1
      dayLimit = MonthCalendar.dayBefore(month: month + 12)
    }
    linesByDay[Int(day)] += 1
    let meter = Int(line.meter)
    if meter >= usedMeters.count {
      usedMeters += repeatElement(false, count: meter + 1 - usedMeters.count)
    }
    usedMeters[meter] = true
    lines.append(PackedLine(day: day - firstDay, meter: line.meter, quantity: line.quantity))
  }

  /// A blob is told by its first month, so no two of them may begin in the same one.
  private mutating func lastDay(ofMonthOf day: Int32) -> Int32 {
    MonthCalendar.dayBefore(month: months.split(day).month + 1)
  }

  /// Counts a line the store has a value for; false when it is to be dropped.
  private mutating func classify(_ line: UsageStaging.Line, against known: KnownLine) -> Bool {
    let quantity = line.quantity
    let isEqual = known.quantity == quantity
    if !known.isFromThisImport {
      restatedDays.note(quantity, before: known.quantity, day: line.daysSinceEpoch)
    }
    switch (known.isFromThisImport, isEqual) {
    case (true, true):
      tally.repeated += 1
      return false
    case (true, false): tally.restated += 1
    case (false, true): tally.known += 1
    case (false, false):
      tally.corrections += 1
      if quantity < known.quantity { tally.lowered += 1 }
    }
    return true
  }

  /// Ends a blob.
  private mutating func finish(_ subscription: Int64) {
    guard !lines.isEmpty else { return }
    let start = bytes.count
    packer.pack(lines, appendingTo: &bytes)
    blobs.append(
      Blob(
        subscription: subscription, month: month, lineCount: lines.count,
        range: start..<bytes.count))
    lines.removeAll(keepingCapacity: true)
  }
}
