import Files
import ForkJoin
import TestSupport
import Testing

@testable import History

/// The fast path of usage lines against the path that reads row by row.
@Suite(.serialized) struct BlockLoaderTests {
  /// Rows of which some are odd, wrong, of no use or repeated, and are valid JSON all the same.
  private static func rows(_ count: Int, seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      let id = Int.random(in: 1...40, using: &generator)
      let date = "\(day("2025-01-01") + Int.random(in: 0..<70, using: &generator))"
      let row = usageRow(
        id, date, "\(Double(Int.random(in: 0...4_000, using: &generator)) / 8)",
        meter: "Meter \(Int.random(in: 0...5, using: &generator))", tenant: id % 7)
      switch Int.random(in: 0...25, using: &generator) {
      case 0: return row.replacing("Customer", with: "Cust\\u006fmer")
      case 1: return row.replacing("\"quantity\":", with: "\"quantity\":-")
      case 2: return row.replacing("T00:00:00", with: "T25:00:00")
      case 3: return row.replacing("subscriptionId", with: "subscription")
      case 4: return row.replacing("None", with: "N\\u006fne")
      case 5: return row.replacing(guid(id).description.uppercased(), with: "no id")
      case 6: return row.replacing(guid(id).description.uppercased(), with: "\(GUID.zero)")
      case 7: return row.replacing("\"quantity\":", with: "\"extra\":[1],\"quantity\":")
      case 8: return row.replacing("\"quantity\":", with: "\"extra\":1,\"quantity\":")
      case 9: return row.replacing("\"useast\"", with: "5")
      case 10: return row.replacing("\"None\"", with: "null")
      case 11: return row.replacing(guid(900 + id % 7).description.uppercased(), with: "")
      case 12: return row.replacing("\"quantity\":", with: "\"quantity\":\"7\",\"quantity\":")
      case 13:
        return row.replacing("\"quantity\":", with: "\"partnerTenantId\":\"P\",\"quantity\":")
      case 14:
        return row.replacing("\"quantity\":", with: "\"partnerTenantId\":\"Q\",\"quantity\":")
      case 15: return "[\(number)]"
      case 16: return row.replacing("Customer", with: "Cust\\\"omer")
      case 17: return row.replacing("None", with: "\\\"No\\\\ne\\\"")
      case 18: return row.replacing("None", with: "N\\u006f\\\"ne")
      case 19: return row.replacing("None", with: "No\\/ne \(number % 3)")
      default: return row
      }
    }
  }

  /// What an import of the rows says and leaves behind.
  private static func outcome(_ text: String) throws -> [String] {
    let folder = ExportFolder()
    folder.write("usage.json", text)
    let file = try folder.import("usage.json", on: "2025-03-01", rejectsFile: folder["rejects"])
      .files[0]
    return [
      try folder.logicalDump(), "\(file.rowsAccepted) \(file.rowsRejected) \(file.rowsIgnored)",
      "\(file.rowsRepeated) \(file.rowsRestated)", "\(file.linesNew)",
      "\(file.rejectionCounts.sorted { $0.key < $1.key })",
      "\(file.notes)", "\(file.warnings)", file.source ?? "",
      String(decoding: folder.bytes("rejects") ?? [], as: UTF8.self),
    ].map { $0.replacing(folder.path, with: "") }
  }

  @Test(arguments: UInt64(1)...4)
  func `says and stores what the careful path does, for any number of threads`(
    seed: UInt64
  ) throws {
    // More than one piece of half a megabyte.
    let rows = Self.rows(4_000, seed: seed)
    defer { ThreadCount.set(0) }
    // A document is read row by row; its rows stand on the same lines.
    let careful = try Self.outcome("[" + rows.joined(separator: ",\n") + "]")
    for threads in [1, 2, 3] {
      ThreadCount.set(threads)
      let fast = try Self.outcome(rows.joined(separator: "\n"))
      for (left, right) in zip(careful.dropFirst(), fast.dropFirst()) { #expect(left == right) }
      #expect(careful[0] == fast[0])
    }
  }

  @Test func `a line that is too long is rejected, and the lines around it are not`() throws {
    let folder = ExportFolder()
    let long = String(repeating: "x", count: 20_000_000)
    folder.write(
      "usage.jsonl",
      jsonLines([
        usageRow(1, "2025-01-01", "1"),
        usageRow(1, "2025-01-02", "1").replacing("None", with: long),
        usageRow(1, "2025-01-03", "1").replacing("None", with: String(long.prefix(2_000_000))),
        usageRow(1, "2025-01-04", "1"),
      ]))
    let file = try folder.import("usage.jsonl", on: "2025-01-06").files[0]
    #expect(file.rowsAccepted == 2)
    #expect(file.rejections.map(\.line) == [2, 3])
    #expect(file.rejections[0].reason == "the line is longer than 1 MiB (19 MiB)")
    #expect(file.rejections[1].reason == "the line is longer than 1 MiB (1 MiB)")
  }

  @Test func `a gzip file that is cut off after a block changes nothing`() throws {
    let folder = ExportFolder()
    let rows = (0..<40_000).map {
      usageRow($0 % 50, "\(day("2025-01-01") + $0 / 50 % 60)", "\($0)")
    }
    try writeFile(folder["whole.gz"], gzip: true) { try $0.write(jsonLines(rows)) }
    let bytes = folder.bytes("whole.gz") ?? []
    folder.write("cut.gz", bytes: Array(bytes.dropLast(bytes.count / 10)))
    let report = try folder.import("cut.gz", on: "2025-03-01")
    #expect(report.failure?.kind == .unusable)
    #expect(report.files[0].importId == nil)
  }
}
