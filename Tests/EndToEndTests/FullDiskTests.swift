import Foundation
import Testing

/// A disk without room: the store is as before, the status is 73, and the same import succeeds later.
struct FullDiskTests {
  /// A few exports and, for later, two megabytes of usage, outside the small disk.
  private func exports() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let rows = (0..<50).map { Exports.subscription($0) }
    try folder.write("2026-01-05/subscriptions.json", Exports.envelope(rows))
    // Quantities that do not pack.
    let lines = (0..<20_000).map { number in
      Exports.usage(
        number % 50, day: "2026-01-\(number % 18 + 10)",
        ["quantity": "\(Double(number) / 7)", "meterCategory": "\"Meter \(number % 997)\""])
    }
    try folder.write("2026-02-02/usage.jsonl", lines.joined(separator: "\n"))
    return folder
  }

  private func answers(_ program: Program) throws -> String {
    let imports = try program.run(["imports", "--json"])
    guard imports.status != 66 else { return "missing" }
    #expect(imports.status == 0, "\(imports.errors)")
    return imports.output + (try program.succeed(["status", "--json"]).output)
  }

  @Test(
    .enabled(if: SmallDisk.canMount, "only root may mount a small disk"),
    arguments: [0, 20, 60, 100, 140], [true, false])
  func `an import onto a full disk changes nothing, and succeeds when there is room`(
    kilobytes: Int, hasStore: Bool
  ) throws {
    let exports = try exports()
    let disk = try SmallDisk()
    let program = Program(folder: disk.folder.path)
    if hasStore { try program.succeed(["import", exports.path("2026-01-05")]) }
    let before = try answers(program)
    try disk.fill(leaving: kilobytes)
    let full = try program.run(["import", exports.path("2026-02-02")])
    #expect(full.status == 73, "\(full.output)\(full.errors)")
    #expect(full.errors.contains("the disk is full") || full.errors.contains("cannot be"))
    #expect(full.errors.contains("space"), "\(full.errors)")
    try disk.free()
    #expect(try answers(program) == before)
    try program.succeed(["import", exports.path("2026-02-02")])
    let other = try TemporaryFolder()
    let undisturbed = Program(folder: other.path)
    if hasStore { try undisturbed.succeed(["import", exports.path("2026-01-05")]) }
    try undisturbed.succeed(["import", exports.path("2026-02-02")])
    #expect(try answers(program) == answers(undisturbed))
  }

  /// A limit of the file size stands for quotas, which fail with another code than a full disk.
  @Test(arguments: [1, 40, 100, 140]) func `a limit of the file size is like a full disk`(
    kilobytes: Int
  ) throws {
    let exports = try exports()
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed(["import", exports.path("2026-01-05")])
    let before = try answers(program)
    let command = "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" import \"$1\""
    let limited = try Program.execute(
      "/bin/bash", ["-c", command, Program.path, exports.path("2026-02-02")], folder: folder.path)
    #expect(limited.status == 73, "\(limited.output)\(limited.errors)")
    #expect(limited.errors.contains("space"), "\(limited.errors)")
    #expect(try answers(program) == before)
    try program.succeed(["import", exports.path("2026-02-02")])
    #expect(try answers(program) != before)
  }

  @Test func `an erasure that has no room to write the file anew is finished by the next one`()
    throws
  {
    let exports = try exports()
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed(["import", exports.path("2026-01-05"), exports.path("2026-02-02")])
    let command =
      "trap '' XFSZ; ulimit -f 200; exec \"$0\" forget --customer \(Exports.tenant(1).lowercased())"
    let limited = try Program.execute(
      "/bin/bash", ["-c", command, Program.path], folder: folder.path)
    #expect(limited.status == 73, "\(limited.output)\(limited.errors)")
    try program.succeed(["forget", "--customer", Exports.tenant(1)])
    let bytes = try folder.bytes("churn-risk.sqlite")
    #expect(bytes.range(of: Data(Exports.tenant(1).lowercased().utf8)) == nil)
    #expect(bytes.range(of: Data(Exports.tenant(2).lowercased().utf8)) != nil)
  }
}
