import TestSupport
import Testing

@testable import History

struct ReportingLagTests {
  /// Weekly exports of usage; each line is (day, first export that has it).
  private func lag(
    _ exports: [String], _ lines: [(day: String, export: Int)], asOf: String = "2030-01-01",
    isDated: Bool = true
  ) throws -> Int? {
    let folder = ExportFolder()
    for (index, date) in exports.enumerated() {
      let rows = lines.enumerated().filter { $0.element.export <= index }.map {
        usageRow($0.offset + 1, $0.element.day, "1")
      }
      let name = isDated ? "\(date).jsonl" : "usage\(index).jsonl"
      folder.write(name, jsonLines(rows))
      folder.setModificationDay(name, day(date))
      try folder.import(name)
    }
    return try folder.reading().estimatedLag(asOf: day(asOf))
  }

  private let weeks = ["2025-01-06", "2025-01-13", "2025-01-20", "2025-01-27"]
  /// Something for the first export, which proves nothing.
  private let first = (day: "2025-01-01", export: 0)

  @Test func `is zero when every line is in the first export after its day`() throws {
    let lines = [first] + [("2025-01-08", 1), ("2025-01-14", 2), ("2025-01-26", 3)]
    #expect(try lag(weeks, lines) == 0)
  }

  /// A line of the 10th that the export of the 13th did not have was at least 4 days late, and one
  /// of the 13th itself at least 1.
  @Test func `counts the days that an earlier export proves`() throws {
    #expect(try lag(weeks, [first, ("2025-01-10", 2)]) == 4)
    #expect(try lag(weeks, [first, ("2025-01-13", 2)]) == 1)
    #expect(try lag(weeks, [first, ("2025-01-14", 2)]) == 0)
  }

  @Test func `is told by billing too, and that is a usage day of its source`() throws {
    let folder = ExportFolder()
    for (week, name) in weeks.enumerated() {
      let observedOn = day(name)
      folder.write(
        "\(name)/s.json",
        envelope([subscriptionRow(1, "\"partnerTenantId\":\"\(guid(800))\"")]))
      // Lines come four days late.
      let rows = (4...(week == 0 ? 4 : 11)).map {
        graphRow(1, "\(observedOn - $0)", quantity: "1", cost: "1")
      }
      folder.write("\(name)/b.jsonl", jsonLines(rows))
      try folder.import(name)
    }
    let store = try folder.reading()
    #expect(try store.estimatedLag(asOf: day("2025-01-27")) == 4)
    #expect(try store.status().reportingLagDays == 4)
    #expect(store.sources.flatMap(\.usageDays) == weeks.map(day))
  }

  @Test func `covers 95 percent of the lines`() throws {
    let onTime = Array(repeating: (day: "2025-01-14", export: 2), count: 19)
    #expect(try lag(weeks, [first] + onTime + [("2025-01-10", 2)]) == 0)
    #expect(try lag(weeks, [first] + onTime.dropLast() + [("2025-01-10", 2)]) == 4)
  }

  @Test func `does not count backfills`() throws {
    #expect(try lag(weeks, [first, ("2025-01-14", 2), ("2024-12-26", 3)]) == 0)
    #expect(try lag(weeks, [first, ("2025-01-14", 2), ("2024-12-27", 3)]) == 25)
  }

  @Test func `needs four dated exports and a line to judge`() throws {
    let lines = [first, ("2025-01-10", 2)]
    #expect(try lag(Array(weeks.prefix(3)), lines) == nil)
    #expect(try lag(weeks, lines, isDated: false) == nil)
    #expect(try lag(weeks, [first]) == nil)
    #expect(try lag(weeks, lines, asOf: "2025-01-26") == nil)
    #expect(try lag(weeks, lines, asOf: "2025-01-27") == 4)
  }

  @Test func `judges each source by its own exports`() throws {
    let folder = ExportFolder()
    for (index, date) in weeks.enumerated() {
      // The exports of the other source lie between and would make the delay look longer.
      folder.write("a\(index).jsonl", jsonLines([usageRow(index, "\(day(date) - 1)", "1")]))
      try folder.import("a\(index).jsonl", on: date, source: "a")
      folder.write("b\(index).jsonl", jsonLines([usageRow(90, "2024-12-31", "1")]))
      try folder.import("b\(index).jsonl", on: "\(day(date) - 1)", source: "b")
    }
    #expect(try folder.reading().estimatedLag(asOf: day("2025-02-01")) == 0)
  }

  @Test func `takes the smallest delay that covers 95 percent, exactly`() {
    #expect(HistoryStore.quantile(of: [95, 5]) == 0)
    #expect(HistoryStore.quantile(of: [94, 6]) == 1)
    #expect(HistoryStore.quantile(of: [0, 0, 7]) == 2)
    #expect(HistoryStore.quantile(of: [0, 0]) == nil)
  }
}
