import Foundation
import Testing

/// Lists that cannot be written whole are not written at all.
struct ExportDiskTests {
  private static let formats = ["csv", "xlsx", "html", "json"]

  /// A few hundred scored rows without any history.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let rows = (1...400).map { number in
      let id = "00000000-0000-0000-0000-" + String(100_000_000_000 + number)
      return """
        {"rank": \(number), "subscriptionId": "\(id)", "riskBand": "high", "churnProbability": 0.5, \
        "customerName": "customer \(number * 7_919)", "owner": {"accountManager": "A\(number % 3)"}, \
        "reasons": [{"feature": "x", "contribution": 1, "text": "reason \(number * 104_729)"}]}
        """
    }
    try folder.write(
      "at-risk.json",
      """
      {"schemaVersion": 1, "asOf": "2026-11-16", "horizonDays": 91, "model": {"grade": "B"}, \
      "subscriptions": [\(rows.joined(separator: ","))], "excluded": []}
      """)
    return folder
  }

  @Test(arguments: formats, [4, 12])
  func `a disk that is full midway leaves no half file`(format: String, kilobytes: Int) throws {
    let folder = try folder()
    let command =
      "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" export --format \(format) --output lists"
    let limited = try Program.execute(
      "/bin/bash", ["-c", command, Program.path], folder: folder.path)
    #expect(limited.status == 73, "\(limited.output)\(limited.errors)")
    #expect(limited.errors.contains("space"), "\(limited.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("lists"))
    // What stands there was written whole: it is what an export with room writes.
    try Program(folder: folder.path).succeed(["export", "--format", format, "--output", "whole"])
    for name in names {
      #expect(try folder.bytes("lists/\(name)") == folder.bytes("whole/\(name)"), "\(name)")
    }
    #expect(!names.contains("manifest.json"))
  }

  @Test func `every format is the same on one thread and on two`() throws {
    let folder = try folder()
    let program = Program(folder: folder.path)
    let words = ["export"] + Self.formats.flatMap { ["--format", $0] } + ["--output"]
    try program.succeed(words + ["one", "--threads", "1"])
    try program.succeed(words + ["two", "--threads", "2"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("one"))
    #expect(names.count == 5 * Self.formats.count + Self.formats.count + 4)
    for name in names {
      #expect(try folder.bytes("one/\(name)") == folder.bytes("two/\(name)"), "\(name)")
    }
  }

  @Test func `a folder that takes no files ends with 73`() throws {
    let folder = try folder()
    try folder.write("lists", "a file")
    let outcome = try Program(folder: folder.path)
      .run(["export", "--format", "xlsx", "--output", "lists"])
    #expect(outcome.status == 73 && outcome.errors.contains("lists"), "\(outcome.errors)")
  }
}
