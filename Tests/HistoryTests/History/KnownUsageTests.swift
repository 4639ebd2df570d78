import ForkJoin
import TestSupport
import Testing

@testable import History

/// What an import tells about lines that the store has, against a plain memory of all lines.
@Suite(.serialized) struct KnownUsageTests {
  private struct Line {
    var subscription: Int64
    var day: CalendarDay
    var meter: Int64
    var quantity: Double
  }

  /// One import after the other; each is what became of it.
  private struct Memory {
    struct Said {
      var order: [Int]
      var quantity: Double
    }
    var said: [[Int64]: [Said]] = [:]

    /// Adds an import, later ones of the same day coming after earlier ones.
    ///
    /// - Returns: what its lines are.
    mutating func add(_ chunks: [[Line]], observedOn: CalendarDay, id: Int) -> UsageTally {
      var tally = UsageTally()
      var own: [[Int64]: Double] = [:]
      for chunk in chunks {
        var inChunk: [[Int64]: Double] = [:]
        for line in chunk {
          let key = [line.subscription, Int64(line.day.daysSinceEpoch), line.meter]
          if let last = inChunk[key] {
            if last == line.quantity { tally.repeated += 1 } else { tally.restated += 1 }
          }
          inChunk[key] = line.quantity
        }
        for (key, quantity) in inChunk {
          if let last = own[key] {
            if last == quantity { tally.repeated += 1 } else { tally.restated += 1 }
          } else if let last = said[key]?.max(by: { $0.order.lexicographicallyPrecedes($1.order) })
          {
            if last.quantity == quantity { tally.known += 1 } else { tally.corrections += 1 }
          } else {
            tally.new += 1
          }
          own[key] = quantity
        }
      }
      for (key, quantity) in own {
        let order = [Int(observedOn.daysSinceEpoch), id]
        said[key, default: []].append(Said(order: order, quantity: quantity))
      }
      return tally
    }
  }

  private func lines(
    _ count: Int, _ days: ClosedRange<Int>, using generator: inout SeededGenerator
  ) -> [Line] {
    (0..<count).map { _ in
      Line(
        subscription: Int64.random(in: 1...6, using: &generator),
        day: day("2025-01-01") + Int.random(in: days, using: &generator),
        meter: Int64.random(in: 1...4, using: &generator),
        quantity: Double(Int.random(in: 0...2, using: &generator)))
    }
  }

  /// Adds lines as one import, flushed after each chunk.
  private func add(
    _ chunks: [[Line]], observedOn: CalendarDay, to store: HistoryStore
  ) throws -> UsageTally {
    let transaction = try ImportTransaction(store, observedOn: observedOn)
    var staging = UsageStaging(capacity: 100_000)
    for chunk in chunks {
      for line in chunk {
        staging.append(
          subscription: line.subscription, day: line.day, meter: line.meter,
          quantity: line.quantity)
      }
      try transaction.flush(&staging)
    }
    try transaction.commit(
      ImportRow(
        id: transaction.importId,
        identity: ImportIdentity(
          source: "default", resource: .usage, observedOn: observedOn,
          sha256: "\(transaction.importId)"),
        format: "", file: "", dayOrigin: .option), notes: [])
    return transaction.usage
  }

  @Test(arguments: UInt64(1)...12)
  func `tells new, known and corrected lines apart in any order of imports`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    defer { ThreadCount.set(0) }
    ThreadCount.set(Int(seed % 3) + 1)
    let store = try HistoryStore.inMemory(for: "")
    var memory = Memory()
    for number in 1...10 {
      // Some bring more than a year, so that their blobs begin long before the days of the others.
      let first = Int.random(in: 0...500, using: &generator)
      let last =
        first + (number.isMultiple(of: 3) ? 450 : Int.random(in: 0...40, using: &generator))
      let chunks = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        lines(Int.random(in: 1...400, using: &generator), first...last, using: &generator)
      }
      let observedOn = day("2026-01-01") + Int.random(in: 0...20, using: &generator)
      let wanted = memory.add(chunks, observedOn: observedOn, id: number)
      let found = try add(chunks, observedOn: observedOn, to: store)
      #expect(
        [found.new, found.known, found.corrections, found.repeated, found.restated]
          == [wanted.new, wanted.known, wanted.corrections, wanted.repeated, wanted.restated])
    }
  }

  @Test func `lines of more than a year and of many meters come back whole`() throws {
    let store = try HistoryStore.inMemory(for: "")
    var all: [Line] = []
    for day in 0..<900 {
      for meter in 1...Int64(day == 450 ? 1_500 : day % 3 + 1) {
        all.append(
          Line(
            subscription: 1, day: CalendarDay(daysSinceEpoch: 20_000 + Int32(day)), meter: meter,
            quantity: Double(day) / 8))
      }
    }
    #expect(try add([all], observedOn: day("2027-10-01"), to: store).new == all.count)
    // The same lines again: each is found in whatever blob it is.
    #expect(try add([all], observedOn: day("2027-10-02"), to: store).known == all.count)
    let spans = try store.connection.prepare("SELECT month, lines, packed FROM usage")
    while try spans.step() {
      var usage = UnpackedUsage()
      #expect(spans.withBytes(2) { PackedUsage.unpack($0, into: &usage) })
      #expect(usage.days.count == Int(spans.integer(1)))
      // Only a single day may be more than is full.
      #expect(usage.days.count < PackedPart.fullCount + 1_500)
    }
  }

  @Test func `a blob of the first version is known and read like any other`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-04", "4"), usageRow(1, "2025-01-05", "6")]))
    try folder.import("2025-01-06.jsonl")
    let wanted = try folder.logicalDump()
    do {
      // Days 4 and 5, meter 1 twice, 4 and 6 without decimals.
      let connection = try Connection(path: folder.storePath, access: .writing, patience: 0)
      try connection.execute("UPDATE usage_settled SET packed = x'02040501012030'")
    }
    #expect(try folder.logicalDump() == wanted)
    folder.write(
      "2025-01-07.jsonl",
      jsonLines([usageRow(1, "2025-01-04", "4"), usageRow(1, "2025-01-05", "7")]))
    let report = try folder.import("2025-01-07.jsonl").files[0]
    #expect([report.linesNew, report.linesKnown, report.linesCorrected] == [0, 1, 1])
  }

  @Test func `a damaged blob is an error for readers and for imports that need it`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.jsonl", usageRow(1, "2025-01-05", "4") + "\n")
    try folder.import("2025-01-06.jsonl")
    do {
      let connection = try Connection(path: folder.storePath, access: .writing, patience: 0)
      try connection.execute("UPDATE usage_settled SET packed = x'0001'")
    }
    #expect(throws: HistoryError.self) { try folder.logicalDump() }
    folder.write("2025-01-07.jsonl", usageRow(1, "2025-01-05", "5") + "\n")
    #expect(try folder.import("2025-01-07.jsonl").failure?.kind == .unusable)
    // A file of other days does not look at it.
    folder.write("2025-01-08.jsonl", usageRow(1, "2025-01-07", "5") + "\n")
    #expect(try folder.import("2025-01-08.jsonl").failure == nil)
  }
}
