import TestSupport
import Testing

@testable import History

/// Usage lies in two tables, and no answer depends on which.
struct SettledUsageTests {
  private func lines(_ store: HistoryStore) throws -> [Int64] {
    try SettledUsage.tables.map {
      try store.connection.integer("SELECT coalesce(sum(lines), 0) FROM \($0)") ?? 0
    }
  }

  /// Two subscriptions of two customers over forty days.
  private func writeYear(to folder: ExportFolder) throws {
    folder.write(
      "2025-03-02.jsonl",
      jsonLines(
        (0..<40).flatMap { index in
          let day =
            "\(CalendarDay("2025-01-20").map { $0 + index } ?? CalendarDay(daysSinceEpoch: 0))"
          return [1, 2].map { usageRow($0, day, "\($0 + index)", tenant: $0) }
        }))
    try folder.import("2025-03-02.jsonl")
  }

  /// A day that was known, told otherwise, and three new ones.
  private func writeWeek(to folder: ExportFolder) {
    folder.write(
      "2025-03-09.jsonl",
      jsonLines([
        usageRow(1, "2025-02-28", "40"), usageRow(1, "2025-02-27", "5"),
        usageRow(1, "2025-03-03", "1"), usageRow(2, "2025-03-03", "2", tenant: 2),
        usageRow(2, "2025-03-05", "2", tenant: 2),
      ]))
  }

  /// Moves what is recent, as an import with more lines would do.
  private func settle(_ folder: ExportFolder) throws {
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    try store.connection.execute(
      "INSERT INTO usage_settled SELECT * FROM usage_recent; DELETE FROM usage_recent")
  }

  @Test func `few lines go beside many, and settle when they have become an eighth`() throws {
    let folder = ExportFolder()
    try writeYear(to: folder)
    #expect(try lines(folder.reading()) == [0, 80])
    // Four lines a week: 4, 8 and 12 of what was there before, 80, 84 and 88.
    for (week, expected) in [[4, 80], [8, 80], [0, 92]].enumerated() {
      let name = "2025-03-\(10 + week).jsonl"
      folder.write(
        name, jsonLines((1...4).map { usageRow($0, "2025-03-0\(3 + week)", "1", tenant: $0) }))
      try folder.import(name)
      #expect(try lines(folder.reading()) == expected.map(Int64.init))
    }
  }

  @Test func `the first file, and one that is an eighth by itself, settle at once`() throws {
    let folder = ExportFolder()
    folder.write("2025-03-02.jsonl", usageRow(1, "2025-03-01", "1") + "\n")
    folder.write("2025-03-03.jsonl", usageRow(1, "2025-03-02", "1") + "\n")
    try folder.import("2025-03-02.jsonl", "2025-03-03.jsonl")
    #expect(try lines(folder.reading()) == [0, 2])
  }

  @Test func `recent lines are compared with settled ones, and answer like them`() throws {
    let folder = ExportFolder()
    try writeYear(to: folder)
    writeWeek(to: folder)
    let report = try folder.import("2025-03-09.jsonl").files[0]
    #expect([report.linesNew, report.linesKnown, report.linesCorrected] == [3, 1, 1])
    #expect(try lines(folder.reading()) == [5, 80])
    let dump = try folder.logicalDump()
    try settle(folder)
    #expect(try lines(folder.reading()) == [0, 85])
    #expect(try folder.logicalDump() == dump)
  }

  @Test(arguments: [false, true])
  func `an import is taken back from where it is`(isSettled: Bool) throws {
    let folder = ExportFolder()
    try writeYear(to: folder)
    let dump = try folder.logicalDump()
    writeWeek(to: folder)
    try folder.import("2025-03-09.jsonl")
    if isSettled { try settle(folder) }
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    try store.remove(importId: 2)
    #expect(try folder.logicalDump() == dump)
  }

  @Test(arguments: ["customer", "before"])
  func `what is forgotten is gone from both`(what: String) throws {
    func dump(isSettled: Bool) throws -> (String, Int) {
      let folder = ExportFolder()
      try writeYear(to: folder)
      writeWeek(to: folder)
      try folder.import("2025-03-09.jsonl")
      if isSettled { try settle(folder) }
      let store = try HistoryStore.open(folder.storePath, for: .changing)
      let report =
        what == "customer"
        ? try store.forget(customer: "\(guid(901))")
        : try store.forget(before: try #require(CalendarDay("2025-03-05")))
      return (try folder.logicalDump(), report.usageLines)
    }
    let (recent, settled) = (try dump(isSettled: false), try dump(isSettled: true))
    #expect(recent == settled)
    // Of the first customer 40 and 3 lines; before the day all but the last.
    #expect(recent.1 == (what == "customer" ? 43 : 84))
  }
}
