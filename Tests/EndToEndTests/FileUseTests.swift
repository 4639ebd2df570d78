import Foundation
import Testing

/// Outputs never take the place of inputs that exist only once, by whatever name they go.
struct FileUseTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try folder.write("2026-01-12/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05", "2026-01-12"])
    try program.succeed(["train"])
    try program.succeed(["score", "--as-of", "2026-01-05"])
    for (link, target) in [("link.json", "at-risk.json"), ("store.link", "churn-risk.sqlite")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(link), withDestinationPath: target)
    }
  }

  /// Every file of the folder with its bytes.
  private func contents() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        (try? folder.bytes(name)).map { (name, $0) }
      })
  }

  @Test(arguments: [
    ["import", "2026-01-05/s.json", "--rejects", "2026-01-05/s.json"],
    ["import", "2026-01-05", "--rejects", "2026-01-05/s.json"],
    ["import", ".", "--rejects", "./2026-01-05/../2026-01-05/s.json"],
    ["import", "2026-01-05", "--rejects", "churn-risk.sqlite"],
    ["import", "2026-01-05", "--rejects", "churn-risk.sqlite-wal"],
    ["import", "2026-01-05", "--rejects", "store.link"],
    ["import", "2026-01-05", "--store", "new.sqlite", "--rejects", "./new.sqlite"],
    ["import", "2026-01-05", "--json", "--rejects", "-"],
    ["score", "--output", "churn-risk.sqlite"],
    ["score", "--output", "model/model.json"],
    ["score", "--previous", "at-risk.json"],
    ["score", "--previous", "link.json"],
    ["score", "--previous", "at-risk.json", "--output", "link.json"],
    ["score", "--all-contributions", "at-risk.json"],
    ["score", "--output", "new.json", "--all-contributions", "./new.json"],
    ["score", "--output", "-", "--all-contributions", "-"],
    ["train", "--recipe", "model/card.md"],
    ["export", "--format", "json", "--output", ".", "--scores", "all.json"],
  ])
  func `the command ends with 64, says what to do, and changes nothing`(words: [String]) throws {
    try FileManager.default.copyItem(
      atPath: folder.path("at-risk.json"), toPath: folder.path("all.json"))
    let before = try contents()
    let outcome = try program.run(words)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("Name another place with --")
        || outcome.errors.contains("Give each a file of its own.")
        || outcome.errors.contains("Name a file with --rejects."), "\(outcome.errors)")
    #expect(outcome.output == "")
    #expect(try contents() == before)
  }

  @Test func `the list that a later export would remove is not its input`() throws {
    try program.succeed(["export", "--format", "json", "--output", "lists"])
    let before = try contents()
    let outcome = try program.run([
      "export", "--scores", "lists/all.json", "--format", "csv", "--output", "lists",
    ])
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(try contents() == before)
  }

  @Test func `rejected rows of last week make room, also among the exports`() throws {
    for _ in 1...2 {
      try program.succeed(["import", ".", "--rejects", "2026-01-05/rejects.csv"])
    }
    #expect(try folder.text("2026-01-05/rejects.csv") == "file,line,column,reason\n")
  }

  @Test func `two outputs may go to a device`() throws {
    try program.succeed(["score", "--output", "/dev/null", "--all-contributions", "/dev/null"])
  }
}
