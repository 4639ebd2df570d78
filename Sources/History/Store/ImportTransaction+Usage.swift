internal import ForkJoin
internal import Synchronization

/// What happened to the usage lines of one file.
struct UsageTally: Sendable {
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
  /// Of these, lines that lower a quantity.
  var lowered = 0

  mutating func add(_ other: UsageTally) {
    repeated += other.repeated
    restated += other.restated
    new += other.new
    known += other.known
    corrections += other.corrections
    lowered += other.lowered
  }
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
  ///
  /// - Throws: `.unusable` when a blob of the store that has to be read is damaged.
  func flush(_ staging: inout UsageStaging) throws(HistoryError) {
    guard !staging.lines.isEmpty else { return }
    staging.sort()
    let (lines, parts) = (staging.lines, staging.parts)
    let met = try earlierUsage(of: lines)
    if let met {
      try insert(lines, parts, meeting: met)
    } else {
      try insert(lines, parts)
    }
    staging.removeAll()
    chunk += 1
  }

  /// Packs lines that meet nothing in the store, and inserts each part while others are packed.
  private func insert(
    _ lines: [UsageStaging.Line], _ parts: [Range<Int>]
  ) throws(HistoryError) {
    let next = Atomic<Int>(0)
    let pipeline = OrderedPipeline<Range<Int>, PackedPart?>(limit: parts.count) {
      let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return part < parts.count ? parts[part] : nil
    } work: { part, _ in
      var packed = PackedPart()
      return packed.pack(lines[part], known: nil) ? packed : nil
    }
    _ = try pipeline.run { (packed) throws(HistoryError) in
      guard let packed else { throw store.damagedUsage }
      try insert(packed)
      return true
    }
  }

  /// Packs lines beside what the store knows of their days, and inserts them.
  private func insert(
    _ lines: [UsageStaging.Line], _ parts: [Range<Int>], meeting met: MetUsage
  ) throws(HistoryError) {
    // So many parts at a time that every thread has one: what is known is held in memory for them.
    // Read once: a step and its group must be of one size.
    let threads = ThreadCount.current
    for first in stride(from: 0, to: parts.count, by: threads) {
      let group = Array(parts[first..<min(first + threads, parts.count)])
      var known: [KnownBlobs] = []
      for part in group {
        known.append(try KnownBlobs(of: lines[part], meeting: met, importId: importId, in: store))
      }
      let blobs = known
      let packed = concurrentMap(count: group.count) { index -> PackedPart? in
        var packed = PackedPart()
        return packed.pack(lines[group[index]], known: blobs[index]) ? packed : nil
      }
      for part in packed {
        guard let part else { throw store.damagedUsage }
        try insert(part)
      }
    }
  }

  /// What the store has of the days of some lines; nil when it has none of any.
  private func earlierUsage(
    of lines: [UsageStaging.Line]
  ) throws(HistoryError) -> MetUsage? {
    guard hasEarlierUsage || chunk > 0 else { return nil }
    let earlier: EarlierUsage
    if let known = self.earlierUsage {
      earlier = known
    } else {
      earlier = try EarlierUsage(store)
      self.earlierUsage = earlier
    }
    var days = [Bool](repeating: false, count: Int(UsageStaging.dayLimit))
    for line in lines { days[Int(line.daysSinceEpoch)] = true }
    return earlier.meeting(days, own: linesByDay, importId: importId)
  }

  /// Inserts what was packed of a part, and adds up what was counted.
  private func insert(_ part: PackedPart) throws(HistoryError) {
    insertedLines += part.blobs.reduce(0) { $0 + $1.lineCount }
    let insertion = try insertion()
    let bytes = part.bytes.span
    for blob in part.blobs {
      insertion.bind(blob.subscription, at: 1)
      insertion.bind(Int64(blob.month), at: 2)
      insertion.bind(importId, at: 3)
      insertion.bind(chunk, at: 4)
      insertion.bind(usageTenants[blob.subscription], at: 5)
      insertion.bind(Int64(blob.lineCount), at: 6)
      insertion.bind(bytes: bytes.extracting(blob.range), at: 7)
      try insertion.run()
    }
    usage.add(part.tally)
    restatedDays.add(part.restatedDays)
    for (day, count) in part.linesByDay.enumerated() { linesByDay[day] += Int(count) }
    if usedMeters.count < part.usedMeters.count {
      usedMeters += repeatElement(false, count: part.usedMeters.count - usedMeters.count)
    }
    for (meter, isUsed) in part.usedMeters.enumerated() where isUsed { usedMeters[meter] = true }
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

  /// What inserts a blob where the lines so far belong.
  private func insertion() throws(HistoryError) -> Statement {
    let settled: SettledUsage
    if let settledUsage {
      settled = settledUsage
    } else {
      settled = try SettledUsage(store)
      settledUsage = settled
    }
    let table = settled.table(forLines: insertedLines)
    return try store.statement("INSERT INTO \(table) VALUES (?, ?, ?, ?, ?, ?, ?)")
  }
}
