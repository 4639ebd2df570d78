import Foundation
import Testing

/// How a run takes its place, and what is left of one that could not.
struct RunPublishTests {
  private func expect(
    _ partner: RunPartner, _ day: String, holds expected: [String: Data],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let files = try partner.files(day)
    #expect(files.keys.sorted() == expected.keys.sorted(), sourceLocation: sourceLocation)
    for (name, bytes) in expected {
      #expect(files[name] == bytes, "\(name)", sourceLocation: sourceLocation)
    }
  }

  @Test func `whenever a replacement is killed, latest names a whole run`() throws {
    let partner = try RunPartner.afterFirstRun()
    let before = try partner.files("2026-11-09")
    // Another order of the lists, so that the replacement can be told from what it replaces.
    try partner.configure("\"order\": \"probability\"", "\"order\": \"expectedLoss\"")
    let undisturbed = try RunPartner.afterFirstRun()
    try undisturbed.configure("\"order\": \"probability\"", "\"order\": \"expectedLoss\"")
    let duration = try ContinuousClock().measure { try undisturbed.program.run(["run"]) }
    let after = try undisturbed.files("2026-11-09")
    var kills = 0
    for share in [0.3, 0.6, 0.8, 0.9, 0.94, 0.96, 0.98, 1.0] {
      let outcome = try partner.program.run(["run"], killedAfter: duration * share)
      if ![0, 2].contains(outcome.status) { kills += 1 }
      #expect(partner.latest == "2026-11-09")
      let found = try partner.files("2026-11-09")
      #expect(found == before || found == after, "killed after \(share) of the time")
    }
    #expect(kills >= 2)
    try partner.program.run(["run"])
    try expect(partner, "2026-11-09", holds: after)
    #expect(try partner.names == [".lock", "2026-11-09", "latest", "log.jsonl"])
  }

  @Test
  func `what runs of other days have left is cleared away, and a run that stepped aside is back`()
    throws
  {
    let partner = try RunPartner.afterFirstRun()
    let finished = try partner.files("2026-11-09")
    try partner.folder.write("runs/.2026-10-05/at-risk.json", "{ customers")
    try partner.folder.write("runs/2026-10-12.old/at-risk.json", "{ customers")
    try partner.folder.write("runs/2026-10-12/manifest.json", "{}")
    try partner.folder.write("runs/notes.old/mine.txt", "kept")
    // Killed between the two steps of a file system that cannot exchange.
    try FileManager.default.moveItem(
      atPath: partner.folder.path("runs/2026-11-09"),
      toPath: partner.folder.path("runs/2026-11-09.old"))
    try partner.importAll(through: "2026-11-16")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.output.contains("compared with the run of 2026-11-09"), "\(outcome.errors)")
    try expect(partner, "2026-11-09", holds: finished)
    #expect(
      try partner.names == [
        ".lock", "2026-10-12", "2026-11-09", "2026-11-16", "latest", "log.jsonl", "notes.old",
      ])
  }

  @Test func `a limit of the file size while a run is replaced leaves it as it was`() throws {
    let partner = try RunPartner.afterFirstRun()
    let files = try partner.files("2026-11-09")
    try partner.configure("\"order\": \"probability\"", "\"order\": \"expectedLoss\"")
    let limited = try Program.execute(
      "/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 40; exec \"$0\" run", Program.path],
      folder: partner.folder.path)
    #expect(limited.status == 73, "\(limited.output)\(limited.errors)")
    #expect(limited.errors.contains("space"), "\(limited.errors)")
    try expect(partner, "2026-11-09", holds: files)
    #expect(try partner.names == [".lock", "2026-11-09", "latest", "log.jsonl"])
    #expect(try partner.log.last?.contains("\"failed\"") == true)
  }

  @Test(
    .enabled(if: SmallDisk.canMount, "only root may mount a small disk"), arguments: [0, 40, 200])
  func `a disk that fills up while a week is written leaves the week before`(kilobytes: Int) throws
  {
    let partner = try RunPartner()
    let disk = try SmallDisk(megabytes: 8)
    try partner.configure("\"runs\": \"runs\"", "\"runs\": \"\(disk.folder.path)/runs\"")
    #expect([0, 2].contains(try partner.program.run(["run"]).status))
    try partner.importAll(through: "2026-11-16")
    try disk.fill(leaving: kilobytes)
    let full = try partner.program.run(["run"])
    #expect(full.status == 73, "\(full.output)\(full.errors)")
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: disk.folder.path("runs"))
        .filter { $0.contains("2026") }.sorted()
    }
    #expect(try names() == ["2026-11-09"])
    try disk.free()
    #expect([0, 2].contains(try partner.program.run(["run"]).status))
    #expect(try names() == ["2026-11-09", "2026-11-16"])
  }
}
