import Foundation
import Testing

/// The mistakes of a first day: each message says what to do.
struct FirstUseTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
  }

  /// A command's help as one line, wherever it was wrapped.
  private func help(_ command: String) throws -> String {
    try program.succeed([command, "--help"]).output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  @Test func `scoring before training says how to train`() throws {
    let outcome = try program.run(["score"])
    #expect(outcome.status == 66)
    #expect(
      outcome.errors
        == "Error: model/model.json: there is no model yet. "
        + "Train one with 'churn-risk train', or name its folder with --model.\n")
  }

  @Test func `exporting before scoring says how to score`() throws {
    let outcome = try program.run(["export", "--format", "csv", "--output", "lists"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("at-risk.json: there are no scores yet. Write them with"))
    #expect(!folder.exists("lists"))
  }

  @Test func `a model folder that cannot be written is found out before the training`() throws {
    // The training itself would end with 65: there is too little history.
    for place in ["/proc/model", "/sys", "2026-01-05/s.json"] {
      let outcome = try program.run(["train", "--learner", "logistic", "--model", place])
      #expect(outcome.status == 73, "\(outcome.errors)")
      #expect(outcome.errors.contains(place))
    }
  }

  @Test func `a training that fails leaves no folder`() throws {
    let outcome = try program.run(["train", "--learner", "logistic", "--model", "a/model"])
    #expect(outcome.status == 65)
    #expect(!folder.exists("a"))
    try FileManager.default.createDirectory(
      atPath: folder.path("b"), withIntermediateDirectories: false)
    #expect(try program.run(["train", "--learner", "logistic", "--model", "b"]).status == 65)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("b")) == [])
  }

  @Test func `a learner that there is none of is 64 as an option and 65 in a recipe`() throws {
    let help = try help("train")
    #expect(help.contains("One of: auto, logistic, boosting. Default: the recipe's, auto."))
    #expect(try program.run(["train", "--learner", "forest"]).status == 64)
    try folder.write("recipe.json", "{\"learner\": \"forest\"}")
    let outcome = try program.run(["train", "--recipe", "recipe.json"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("expected auto, logistic or boosting"))
    #expect(!folder.exists("model"))
  }

  @Test func `one import is taken back at a time`() throws {
    let help = try program.succeed(["imports", "--help"]).output
    #expect(help.contains("  churn-risk imports remove ID [OPTIONS]\n"))
    #expect(!help.contains("ID…"))
    for words in [["remove"], ["remove", "1", "2"], ["remove", "x"], ["delete", "1"]] {
      let outcome = try program.run(["imports"] + words)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("the number of one import"))
    }
  }

  @Test func `help tells every way to the day of an export, and what redacting leaves`() throws {
    #expect(try help("import").contains("last modified, in UTC and with a warning"))
    for command in ["score", "export"] {
      #expect(try help(command).contains("while partnerName, providerName and the owner stay"))
    }
  }
}
