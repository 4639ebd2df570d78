import Foundation
import Reporting
import Testing
import Words

/// `export --language`: the same list in other words.
struct LanguageTests {
  @Test func `a list in every language, from one file of scores`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", SimulatedPartner.model])
    let scores = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(scores.subscriptions.contains { !$0.reasons.isEmpty })
    for language in Language.allCases {
      let outcome = try program.run([
        "export", "--format", "json", "--language", language.rawValue, "--output",
        language.rawValue,
      ])
      #expect(outcome.status == 0 && !outcome.errors.contains("stay in English"))
      let list = try AtRiskDocument(contentsOf: folder.path("\(language.rawValue)/all.json"))
      for (row, scored) in zip(list.subscriptions, scores.subscriptions) {
        for (reason, english) in zip(
          row.reasons + row.mitigating, scored.reasons + scored.mitigating)
        {
          let message = try #require(reason.message)
          #expect(message == english.message && reason.text == language.text(message))
          #expect((reason.text == english.text) == (language == .en), "\(reason.text)")
        }
      }
    }
  }

  @Test func `scores of an earlier version stay English, and the export says so`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", SimulatedPartner.model])
    // Earlier versions had no messages.
    let old = try folder.text("at-risk.json").replacingOccurrences(
      of: "\"message\"", with: "\"later\"")
    try folder.write("old.json", old)
    let outcome = try program.run([
      "export", "--scores", "old.json", "--format", "csv", "--language", "fr", "--output", "lists",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("reasons stay in English"), "\(outcome.errors)")
    #expect(try folder.text("lists/all.csv").contains("No usage for"))
  }

  @Test func `another language is wrong usage`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let outcome = try program.run([
      "export", "--format", "csv", "--language", "de", "--output", "lists",
    ])
    #expect(outcome.status == 64 && outcome.errors.contains("zh-Hant"), "\(outcome.errors)")
  }
}
