import TestSupport
import Testing

@testable import History

/// The store is the set of its imports: neither their order nor those taken back leave a trace.
struct ImportOrderTests {
  /// Seven weekly exports of a few subscriptions that change, with usage, corrections, a second
  /// source, lists, and one usage file without a date.
  private func writeExports(to folder: ExportFolder, seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    var names: [String] = []
    for week in 0..<7 {
      let date = day("2025-01-06") + week * 7
      let rows = (1...12).compactMap { number -> String? in
        guard Int.random(in: 0..<10, using: &generator) > 0 else { return nil }
        let status =
          ["ACTIVE", "ACTIVE", "ACTIVE", "SUSPENDED", "DEPROVISIONED"]
          .randomElement(using: &generator) ?? ""
        return subscriptionRow(
          number, tenant: number / 3 + (number == 5 ? week : 0), status: status,
          "\"licenseCount\":\(Int.random(in: 1...2, using: &generator))",
          "\"partnerTenantId\":\"\(guid(70 + week % 2))\"",
          "\"lastUsageDate\":\"\(date - Int.random(in: 1...9, using: &generator))T00:00:00\"",
          // Every seventh row or so is rejected; that it was there counts all the same.
          "\"trialEndDate\":\(Int.random(in: 0..<7, using: &generator) > 0 ? "null" : "\"soon\"")")
      }
      names.append("\(date)/subscriptions.json")
      folder.write(names[names.count - 1], envelope(rows))
      let lines = (0..<40).map { _ in
        usageRow(
          Int.random(in: 1...14, using: &generator),
          "\(date - Int.random(in: 1...45, using: &generator))",
          "\(Int.random(in: 1...3, using: &generator))",
          meter: ["Compute", "Storage", "Bandwidth"].randomElement(using: &generator) ?? "",
          tenant: Int.random(in: 1...3, using: &generator))
      }
      names.append("\(date)/usage.jsonl")
      folder.write(names[names.count - 1], jsonLines(lines))
      // Another tenant's usage of the same days, with other quantities of some of the same lines.
      let others = lines.shuffled(using: &generator).prefix(20).map { line in
        line.replacing("\"quantity\":1}", with: "\"quantity\":7}")
          .replacing("{", with: "{\"partnerTenantId\":\"\(guid(60))\",", maxReplacements: 1)
      }
      names.append("\(date)/other-usage.jsonl")
      folder.write(names[names.count - 1], jsonLines(Array(others)))
      let billed = (0..<30).map { _ in
        graphRow(
          Int.random(in: 1...14, using: &generator),
          "\(date - Int.random(in: 1...45, using: &generator))",
          quantity: "\(Int.random(in: 1...3, using: &generator))",
          cost: Bool.random(using: &generator) ? "0.25" : nil,
          resource: "vm-\(Int.random(in: 1...3, using: &generator))")
      }
      names.append("\(date)/billing.jsonl")
      folder.write(names[names.count - 1], jsonLines(billed))
    }
    folder.write("2025-01-06/owners.csv", "customerMarket,accountManager,email\nUS,Ann,\n")
    folder.write("2025-01-20/owners.csv", "customerMarket,accountManager,email\nUS,Bo,\n")
    folder.write("2025-01-20/exclusions.csv", "subscriptionId,reason\n\(guid(3)),fraud\n")
    folder.write(
      "2025-01-20/transfers.csv", "subscriptionId,reason\n\(guid(3)),transferred\n\(guid(4)),test\n"
    )
    folder.write("all/usage.jsonl", jsonLines((1...9).map { usageRow($0, "2025-01-20", "2") }))
    folder.setModificationDay("all/usage.jsonl", day("2025-01-29"))
    return names + [
      "2025-01-06/owners.csv", "2025-01-20/owners.csv", "2025-01-20/exclusions.csv",
      "2025-01-20/transfers.csv", "all/usage.jsonl",
    ]
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `answers the same for any order of imports, with repetitions`(seed: UInt64) throws {
    let folder = ExportFolder()
    let names = writeExports(to: folder, seed: seed)
    var generator = SeededGenerator(seed: seed)
    var dumps: Set<String> = []
    for round in 0..<3 {
      let order =
        round == 0
        ? names
        : (names + names.shuffled(using: &generator).prefix(5)).shuffled(using: &generator)
      let store = try HistoryStore.open(folder["round\(round).sqlite"], for: .importing)
      let report = try Importer(store).import(paths: order.map { folder[$0] })
      #expect(report.failure == nil)
      #expect(try store.imports().count == names.count)
      dumps.insert(try store.logicalDump())
    }
    #expect(dumps.count == 1)
  }

  @Test(arguments: [4] as [UInt64])
  func `answers as if a file had never been imported after it was taken back`(seed: UInt64) throws {
    let folder = ExportFolder()
    let names = writeExports(to: folder, seed: seed)
    var generator = SeededGenerator(seed: seed)
    let whole = try HistoryStore.open(folder["whole.sqlite"], for: .importing)
    _ = try Importer(whole).import(paths: names.map { folder[$0] })
    var left = names
    while left.count > 1 {
      // Take back a half of what is left, then compare with a store that never had it.
      for _ in 0..<max(1, left.count / 2) {
        let name = left.remove(at: Int.random(in: 0..<left.count, using: &generator))
        let row = try #require(try whole.imports().first { $0.file == folder[name] })
        #expect(try whole.remove(importId: row.id) == row)
      }
      let twin = try HistoryStore.open(folder["twin\(left.count).sqlite"], for: .importing)
      _ = try Importer(twin).import(paths: left.map { folder[$0] })
      #expect(try whole.logicalDump() == twin.logicalDump())
    }
    let last = try #require(try whole.imports().first)
    try whole.remove(importId: last.id)
    // Nothing is left, not even texts that only the files held.
    for table in [
      "import", "source", "text", "subscription", "state", "observation", "meter", "usage",
      "usage_day", "usage_meter", "usage_name", "billing", "owner_rule", "exclusion", "import_note",
    ] {
      #expect(try whole.connection.integer("SELECT count(*) FROM \(table)") == 0, "\(table)")
    }
  }

  @Test func `imports again what was taken back`() throws {
    let folder = ExportFolder()
    let names = writeExports(to: folder, seed: 6)
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    let importer = Importer(store)
    _ = try importer.import(paths: names.map { folder[$0] })
    let before = try store.logicalDump()
    try store.remove(importId: 3)
    try store.remove(importId: 10)
    #expect(try store.logicalDump() != before)
    _ = try importer.import(paths: names.map { folder[$0] })
    #expect(try store.logicalDump() == before)
  }

  @Test func `says which import is not there`() throws {
    let folder = ExportFolder()
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    let error = #expect(throws: HistoryError.self) { try store.remove(importId: 7) }
    #expect(error?.kind == .missing)
    #expect(error?.what == "there is no import 7")
  }

  /// Which quantity was known on a day can be rebuilt from the whole store.
  @Test func `knows at every day what a store of that day knew`() throws {
    let folder = ExportFolder()
    _ = writeExports(to: folder, seed: 8)
    let dates = (0..<7).map { day("2025-01-06") + $0 * 7 }
    let whole = try HistoryStore.open(folder["whole.sqlite"], for: .importing)
    _ = try Importer(whole).import(paths: dates.map { folder["\($0)/usage.jsonl"] })
    for cut in dates {
      let then = try HistoryStore.open(folder["cut\(cut).sqlite"], for: .importing)
      _ = try Importer(then).import(
        paths: dates.filter { $0 <= cut }.map { folder["\($0)/usage.jsonl"] })
      // What came later and counts as known already can only be a backfill.
      let late = try known(whole, on: cut).filter { entry in
        try !known(then, on: cut).keys.contains(entry.key)
      }
      #expect(late.values.allSatisfy { $0.firstKnown == UsageHistory.earliest })
      for (key, line) in try known(then, on: cut) {
        #expect(try known(whole, on: cut)[key] == line)
      }
    }
  }

  private struct LineKey: Hashable {
    var subscription: GUID
    var day: CalendarDay
    var meter: String
  }

  private struct KnownLine: Equatable {
    var quantity: Double
    var firstKnown: CalendarDay
  }

  /// The lines that were known on a day, without a reporting lag.
  private func known(_ store: HistoryStore, on cut: CalendarDay) throws -> [LineKey: KnownLine] {
    var known: [LineKey: KnownLine] = [:]
    for subscription in try store.customers().flatMap(\.subscriptions) {
      let usage = subscription.usage
      for row in 0..<usage.count where max(usage.days[row], usage.firstKnown[row]) <= cut {
        let key = LineKey(
          subscription: subscription.id, day: usage.days[row],
          meter: store.meters[Int(usage.meters[row])].meterCategory)
        known[key] = KnownLine(quantity: usage.quantities[row], firstKnown: usage.firstKnown[row])
      }
    }
    return known
  }
}
