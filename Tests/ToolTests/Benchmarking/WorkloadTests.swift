import CommandLineKit
import Files
import History
import TestSupport
import Testing

@testable import churn_bench

/// The made-up year: always the same, valid, and without repetition.
struct WorkloadTests {
  private static let small = Workload(lines: 2_000, subscriptions: 30, meterCount: 24)

  /// A row as text by column.
  private typealias Row = [String: String]

  private func bytes(
    _ workload: Workload, _ format: WorkloadFormat, isGzipped: Bool = false
  ) throws -> [UInt8] {
    let folder = TemporaryFolder()
    let file = WorkloadFile(
      workload: workload, format: format, isGzipped: isGzipped, folder: folder.path)
    try file.write()
    return try contents(ofFile: file.path)
  }

  private func rows(_ workload: Workload, _ format: WorkloadFormat) throws -> [Row] {
    let bytes = try bytes(workload, format)
    switch format {
    case .jsonLines:
      return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
        let object = try #require(try JSONValue(parsing: Array(line), path: "line").object)
        return Row(
          uniqueKeysWithValues: object.members.map {
            ($0.key, $0.value.string ?? $0.value.serialized())
          })
      }
    case .csv:
      var reader = try DelimitedReader(bytes: bytes, path: "csv")
      let names = try #require(try reader.next()).fields
      var rows: [Row] = []
      while let (_, fields) = try reader.next() {
        try #require(fields.count == names.count)
        rows.append(Row(uniqueKeysWithValues: zip(names, fields)))
      }
      return rows
    }
  }

  @Test func `has every field of the resource in every line and format`() throws {
    for format in WorkloadFormat.allCases {
      let rows = try rows(Self.small, format)
      #expect(rows.count == 2_000)
      #expect(rows.allSatisfy { Set($0.keys) == Set(workloadColumns) })
    }
    #expect(workloadColumns.count == 14)
  }

  @Test func `holds the same rows in every format and order`() throws {
    var byOrder = Self.small
    byOrder.order = .subscription
    let reference = Set(try rows(Self.small, .jsonLines))
    #expect(reference.count == 2_000)
    #expect(Set(try rows(Self.small, .csv)) == reference)
    #expect(Set(try rows(byOrder, .jsonLines)) == reference)
    #expect(Set(try rows(byOrder, .csv)) == reference)
  }

  @Test func `never has two lines of one subscription, day and meter`() throws {
    let rows = try rows(Self.small, .jsonLines)
    let keys = rows.map { row in
      workloadColumns.filter { $0 != "quantity" }.map { row[$0] ?? "" }
    }
    #expect(Set(keys).count == keys.count)
  }

  @Test func `comes in the order that it names`() throws {
    func days(_ rows: [Row]) -> [String] { rows.map { $0["usageDate"] ?? "" } }
    let byDay = try rows(Self.small, .csv)
    #expect(days(byDay) == days(byDay).sorted())
    var workload = Self.small
    workload.order = .subscription
    let bySubscription = try rows(workload, .csv)
    var runs: [String] = []
    for id in bySubscription.map({ $0["subscriptionId"] ?? "" }) where runs.last != id {
      runs.append(id)
    }
    #expect(runs.count == 30)
    #expect(Set(runs).count == 30)
    #expect(days(bySubscription) != days(bySubscription).sorted())
  }

  @Test func `spreads over the year, all subscriptions and all meters`() throws {
    let rows = try rows(Workload(lines: 20_000, subscriptions: 100, meterCount: 40), .csv)
    let days = Set(rows.map { $0["usageDate"] ?? "" })
    #expect(days.min() == "2025-01-01T00:00:00")
    #expect(days.max() == "2025-12-31T00:00:00")
    #expect(days.count == 365)
    #expect(Set(rows.map { $0["subscriptionId"] }).count == 100)
    let texts = workloadColumns[5..<13]
    #expect(Set(rows.map { row in texts.map { row[$0] } }).count == 40)
  }

  @Test func `needs escapes and quotes`() throws {
    let rows = try rows(Self.small, .csv)
    #expect(rows.contains { $0["meterUnit"] == "10,000s" })
    #expect(rows.contains { $0["customerName"]?.contains("\"") == true })
    #expect(rows.contains { $0["customerName"]?.contains(",") == true })
    #expect(rows.contains { $0["customerName"]?.utf8.contains { $0 > 127 } == true })
  }

  @Test func `gives the same bytes for the same numbers, today and tomorrow`() throws {
    for format in WorkloadFormat.allCases {
      #expect(try bytes(Self.small, format) == bytes(Self.small, format))
    }
    // Made by this program. When they change, `Workload.version` must change with them, or files that
    // were kept would be taken for the new ones.
    #expect(Workload.version == 1)
    #expect(
      sha256(try bytes(Self.small, .jsonLines))
        == "94f6a8c512a1fa179edd3b75a86dae5806ab7790d683e4acc94d9d7455791a8b")
    #expect(
      sha256(try bytes(Self.small, .csv))
        == "5b045585e3832cf98dffdab21839e7afed91a786f2c5eeb253684616b7a7821b")
  }

  @Test func `is the same gzipped`() throws {
    #expect(try bytes(Self.small, .csv, isGzipped: true) == bytes(Self.small, .csv))
  }

  @Test func `has a week after the year with as many lines a day`() throws {
    let week = Workload(lines: 3_650, subscriptions: 30).nextWeek
    #expect(week.lines == 70)
    let days = Set(try rows(week, .csv).map { $0["usageDate"] ?? "" })
    #expect(days.min() == "2026-01-01T00:00:00")
    #expect(days.max() == "2026-01-07T00:00:00")
    #expect("\(week.observedOn)" == "2026-01-10")
  }

  @Test func `fits as long as every line finds a day and a meter of its own`() throws {
    // 365 days · 8 meters = 2,920 lines of one subscription.
    #expect(Workload(lines: 2_920, subscriptions: 1).fits)
    #expect(!Workload(lines: 2_921, subscriptions: 1).fits)
    let full = try rows(Workload(lines: 2_920, subscriptions: 1), .csv)
    #expect(Set(full).count == 2_920)
  }

  @Test func `the import takes every line, as a new one, with the day of the file's name`() throws {
    let folder = TemporaryFolder()
    let file = WorkloadFile(workload: Self.small, format: .jsonLines, folder: folder.path)
    try file.write()
    let store = try HistoryStore.open(folder["history.sqlite"], for: .importing)
    let report = try Importer(store).import(paths: [file.path])
    let imported = try #require(report.files.first)
    #expect(imported.rowsAccepted == 2_000)
    #expect(imported.linesNew == 2_000)
    #expect(imported.rowsRejected == 0)
    #expect(imported.rowsRepeated == 0)
    #expect(imported.warnings.isEmpty)
    #expect(imported.observation.origin == .fileName)
    #expect("\(imported.observation.day)" == "2026-01-03")
    #expect(store.meters.count == 24)
  }

  @Test func `asks the command that writes it for exactly itself`() throws {
    var workload = Workload(
      lines: 5_000, subscriptions: 12, meterCount: 2_000, order: .subscription
    ).nextWeek
    workload.lines = 77
    let file = WorkloadFile(workload: workload, format: .csv, isGzipped: true, folder: "/tmp/x")
    let words = Array(file.writingWords.dropFirst())
    #expect(try WriteWorkload.parsed(from: words).file == file)
  }
}
