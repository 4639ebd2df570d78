import TestSupport
import Testing

@testable import History

struct PackedPartTests {
  /// A blob is found by its first month: two that began in the same one would be one row.
  @Test(arguments: [1, 17, 40, 600])
  func `a subscription with many meters is kept whole, over months and years`(meters: Int) throws {
    let folder = ExportFolder()
    let first = day("2024-11-20")
    let days = meters > 100 ? 3 : 120
    let rows = (0..<days).flatMap { offset in
      (0..<meters).map { meter in
        usageRow(1, "\(first + offset * 4)", "\(offset % 7 + 1)", meter: "Meter \(meter)")
      }
    }
    folder.write("2026-06-01.jsonl", jsonLines(rows))
    let report = try folder.import("2026-06-01.jsonl").files[0]
    #expect(report.linesNew == days * meters)
    let usage = try folder.reading().customers()[0].subscriptions[0].usage
    #expect(usage.count == days * meters)
    #expect(usage.days.first == first && usage.days.last == first + (days - 1) * 4)
    #expect(
      usage.quantities.reduce(0, +) == Double((0..<days).reduce(0) { $0 + $1 % 7 + 1 } * meters))
    // All of it is known when it comes again.
    folder.write("2026-06-08.jsonl", jsonLines(rows.reversed()))
    #expect(try folder.import("2026-06-08.jsonl").files[0].linesKnown == days * meters)
  }
}
