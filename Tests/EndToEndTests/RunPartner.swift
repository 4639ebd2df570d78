import Foundation
import Testing

/// A folder with a small partner's exports of 40 weeks, a configuration and the exports of one week more.
///
/// Simulated once, and copied for every test.
struct RunPartner {
  let folder: TemporaryFolder
  let program: Program

  /// Every week's exports, none of them where the job looks.
  private static let simulated = Result { try simulate(subscriptions: 120) }

  private static func simulate(subscriptions: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let outcome = try Program(folder: folder.path).run([
      "simulate", "--subscriptions", "\(subscriptions)", "--weeks", "40", "--seed", "9", "--as-of",
      "2026-11-16", "--output", "all",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return folder
  }

  /// A partner whose job has run on 2026-11-09; every test gets a copy.
  private static let published: Result<RunPartner, any Error> = Result {
    let partner = try RunPartner()
    let outcome = try partner.program.run(["run"])
    try #require([0, 2].contains(outcome.status), "\(outcome.errors)")
    return partner
  }

  /// - Parameters:
  ///   - last: the last day whose exports are there from the start.
  ///   - subscriptions: nil for so few that no model can be fitted.
  /// - Throws: what simulating it threw.
  init(through last: String = "2026-11-09", subscriptions: Int? = nil) throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    let source = try subscriptions.map(Self.simulate) ?? Self.simulated.get()
    try withExtendedLifetime(source) {
      try FileManager.default.copyItem(atPath: source.path("all"), toPath: folder.path("all"))
    }
    try FileManager.default.createDirectory(
      atPath: folder.path("exports"), withIntermediateDirectories: true)
    try importAll(through: last)
    try program.succeed(["init"])
    try configure("\"owners\": null", "\"owners\": \"all/owners.csv\"")
  }

  private init(copyOf other: RunPartner) throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    // With the days on which the files were modified.
    let outcome = try Program.execute(
      "/bin/cp", ["-a", "\(other.folder.path)/.", "."], folder: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  /// A partner whose job has run on 2026-11-09.
  static func afterFirstRun() throws -> RunPartner { try RunPartner(copyOf: published.get()) }

  /// Moves the exports up to a day into the folder that the job imports.
  func importAll(through day: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("all"))
    where name.first == "2" && name <= day {
      try FileManager.default.moveItem(
        atPath: folder.path("all/\(name)"), toPath: folder.path("exports/\(name)"))
    }
  }

  /// Changes the text of the configuration.
  func configure(_ old: String, _ new: String) throws {
    let text = try folder.text("churn-risk.json")
    #expect(text.contains(old))
    try folder.write("churn-risk.json", text.replacingOccurrences(of: old, with: new))
  }

  var latest: String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: folder.path("runs/latest"))
  }

  /// Every file of a run by name.
  func files(_ day: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    let names = FileManager.default.enumerator(atPath: folder.path("runs/\(day)"))
    while let name = names?.nextObject() as? String {
      files[name] = FileManager.default.contents(atPath: folder.path("runs/\(day)/\(name)"))
    }
    return files
  }

  /// What stands in the folder of all runs, hidden names too.
  var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path("runs")).sorted()
    }
  }

  /// The lines of the log, oldest first.
  var log: [String] {
    get throws { try folder.text("runs/log.jsonl").split(separator: "\n").map(String.init) }
  }
}
