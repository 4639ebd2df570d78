/// What happened to the usage lines of one file.
struct UsageTally {
  /// Exact repetitions of another line of the file; dropped.
  var repeated = 0
  /// Lines that give a (subscription, day, meter) of the file another quantity; the last line wins.
  var restated = 0
  /// Lines whose (subscription, day, meter) the store did not have.
  var new = 0
  /// Lines that say what the store knew.
  var known = 0
  /// Lines that change what the store knew.
  var corrections = 0
}

extension ImportTransaction {
  /// The row id of a meter, which is added when it is new.
  ///
  /// - Parameter key: Its texts, joined by `MeterKey`.
  /// - Returns: the row id, below the limit of a staged line.
  /// - Throws: `.unusable` when there are more meters than a usage line can name.
  func meterId(_ key: Span<UInt8>) throws(HistoryError) -> Int64 {
    let number = store.caches.meters.number(of: key)
    if number < store.caches.meterIds.count { return store.caches.meterIds[number] }
    let id = try store.insertMeter(Meter(key: key))
    store.caches.meterIds.append(id)
    return id
  }

  /// Keeps the customer that the first line of a subscription names.
  func note(tenant: Span<UInt8>, of subscription: Int64) throws(HistoryError) {
    guard usageTenants[subscription] == nil else { return }
    let written = String(copying: tenant).trimmingSpaces()
    guard !written.isEmpty else { return }
    let normal = GUID(written)?.description ?? written.lowercased()
    usageTenants[subscription] = try textId(normal.utf8Span.span)
  }

  /// Sorts, packs and inserts staged lines as one chunk, and empties the staging.
  func flush(_ staging: inout UsageStaging) throws(HistoryError) {
    guard !staging.lines.isEmpty else { return }
    staging.sort()
    let mayBeKnown = hasEarlierUsage || chunk > 0
    var packer = ChunkPacker(self, insertion: try store.statement(Self.insertion))
    var index = 0
    while index < staging.lines.count {
      let subscription = staging.lines[index].subscription
      var end = index + 1
      while end < staging.lines.count, staging.lines[end].subscription == subscription { end += 1 }
      let known =
        mayBeKnown
        ? try store.knownUsage(
          of: subscription, from: staging.lines[index].daysSinceEpoch,
          through: staging.lines[end - 1].daysSinceEpoch, importId: importId) : []
      try packer.pack(staging.lines[index..<end], of: subscription, known: known)
      index = end
    }
    usage = packer.tally
    linesByDay = packer.linesByDay
    usedMeters = packer.usedMeters
    staging.removeAll()
    chunk += 1
  }

  func writeUsageSummary() throws(HistoryError) {
    let day = try store.statement("INSERT INTO usage_day VALUES (?, ?, ?)")
    for (usageDay, lines) in linesByDay.enumerated() where lines > 0 {
      day.bind(importId, at: 1)
      day.bind(Int64(usageDay), at: 2)
      day.bind(Int64(lines), at: 3)
      try day.run()
    }
    let meter = try store.statement("INSERT INTO usage_meter VALUES (?, ?)")
    for (id, isUsed) in usedMeters.enumerated() where isUsed {
      meter.bind(importId, at: 1)
      meter.bind(Int64(id), at: 2)
      try meter.run()
    }
  }

  private static let insertion = "INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?)"
}

/// A (day, meter) of one subscription and what the store knows of it, ordered by key.
struct KnownLine {
  /// day · 2^20 + meter, as the low bits of a staged line's key.
  var key: UInt64
  var quantity: Double
  /// The import being written has brought it, in an earlier chunk.
  var isFromThisImport: Bool
}

/// Turns sorted lines into blobs and rows.
private struct ChunkPacker {
  let transaction: ImportTransaction
  let insertion: Statement
  var tally: UsageTally
  var linesByDay: [Int]
  var usedMeters: [Bool]
  private var months = MonthCalendar()
  private var lines: [PackedLine] = []
  private var blob: [UInt8] = []

  init(_ transaction: ImportTransaction, insertion: Statement) {
    self.transaction = transaction
    self.insertion = insertion
    tally = transaction.usage
    linesByDay = transaction.linesByDay
    usedMeters = transaction.usedMeters
    let meterCount = Int(transaction.store.caches.meterIds.max() ?? 0) + 1
    if usedMeters.count < meterCount {
      usedMeters += repeatElement(false, count: meterCount - usedMeters.count)
    }
  }

  /// Packs the lines of one subscription, one blob per month.
  mutating func pack(
    _ staged: ArraySlice<UsageStaging.Line>, of subscription: Int64, known: [KnownLine]
  ) throws(HistoryError) {
    var month: Int32 = -1
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
        if !classify(line.quantity, against: known[next]) { continue }
      } else {
        tally.new += 1
      }
      let (lineMonth, dayOfMonth) = months.split(line.daysSinceEpoch)
      if lineMonth != month {
        try insert(subscription, month)
        month = lineMonth
      }
      linesByDay[Int(line.daysSinceEpoch)] += 1
      lines.append(
        PackedLine(dayOfMonth: dayOfMonth, meter: line.meter, quantity: line.quantity))
    }
    try insert(subscription, month)
  }

  /// Counts a line the store has a value for; false when it is to be dropped.
  private mutating func classify(_ quantity: Double, against known: KnownLine) -> Bool {
    let isEqual = known.quantity == quantity
    switch (known.isFromThisImport, isEqual) {
    case (true, true):
      tally.repeated += 1
      return false
    case (true, false): tally.restated += 1
    case (false, true): tally.known += 1
    case (false, false): tally.corrections += 1
    }
    return true
  }

  private mutating func insert(_ subscription: Int64, _ month: Int32) throws(HistoryError) {
    guard !lines.isEmpty else { return }
    for line in lines { usedMeters[Int(line.meter)] = true }
    PackedUsage.pack(lines[...], into: &blob)
    insertion.bind(subscription, at: 1)
    insertion.bind(Int64(month), at: 2)
    insertion.bind(transaction.importId, at: 3)
    insertion.bind(transaction.chunk, at: 4)
    insertion.bind(transaction.usageTenants[subscription], at: 5)
    insertion.bind(Int64(lines.count), at: 6)
    insertion.bind(bytes: blob.span, at: 7)
    try insertion.run()
    lines.removeAll(keepingCapacity: true)
  }
}

/// Splits days into months and days of the month; remembers the month it was asked about last.
struct MonthCalendar {
  private var firstDay: Int32 = 0
  private var length: Int32 = 0
  private var month: Int32 = 0

  /// The month as year · 12 + month - 1, and the day of the month from 1.
  mutating func split(_ daysSinceEpoch: Int32) -> (month: Int32, dayOfMonth: UInt8) {
    if daysSinceEpoch < firstDay || daysSinceEpoch >= firstDay + length {
      let civil = CalendarDay(daysSinceEpoch: daysSinceEpoch).civil
      month = Int32(civil.year * 12 + civil.month - 1)
      firstDay = daysSinceEpoch - Int32(civil.day - 1)
      length = Int32(CalendarDay.length(ofMonth: civil.month, year: civil.year))
    }
    return (month, UInt8(daysSinceEpoch - firstDay + 1))
  }

  /// The day before the first day of a month, so that adding a day of the month gives a day.
  static func dayBefore(month: Int32) -> Int32 {
    let first = CalendarDay(year: Int(month) / 12, month: Int(month) % 12 + 1, day: 1)
    return (first?.daysSinceEpoch ?? 0) - 1
  }
}
