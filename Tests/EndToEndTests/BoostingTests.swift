import Foundation
import Reporting
import Testing

/// Boosted trees from training to reasons, and the same bytes for any number of threads.
struct BoostingTests {
  @Test
  func `boosting by name trains, scores and explains to the last digit, for any thread count`()
    throws
  {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let trained = try program.succeed([
      "train", "--learner", "boosting", "--model", "one", "--threads", "1",
    ])
    #expect(trained.output.contains("Trained a boosting model"))
    try program.succeed(["train", "--learner", "boosting", "--model", "two", "--threads", "2"])
    for name in ["model.json", "evaluation.json", "card.md"] {
      #expect(try folder.bytes("one/\(name)") == folder.bytes("two/\(name)"), "\(name)")
    }
    let card = try folder.text("one/card.md")
    #expect(card.contains("| boosted trees, before calibration, chosen |"))
    #expect(card.contains("Boosting: preset C"))
    try program.succeed([
      "score", "--model", "one", "--all-contributions", "parts.csv", "--threads", "1",
    ])
    try folder.write("first.json", try folder.text("at-risk.json"))
    try program.succeed(["score", "--model", "two", "--threads", "2"])
    #expect(try folder.text("at-risk.json") == folder.text("first.json"))
    let lines = try folder.text("parts.csv").split(separator: "\n").dropFirst()
    #expect(lines.count > 100)
    for line in lines {
      let numbers = try line.split(separator: ",").dropFirst().map { try #require(Double($0)) }
      #expect(abs(numbers.dropFirst().reduce(0, +) - numbers[0]) <= 1e-9 * (1 + abs(numbers[0])))
    }
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(list.model.learner == "boosting")
    let probabilities = list.subscriptions.compactMap(\.churnProbability)
    #expect(Set(probabilities).count > 20)
  }

  @Test func `a model of trees that was changed is refused`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["train", "--learner", "boosting", "--model", "m"])
    let text = try folder.text("m/model.json")
    let changed = text.replacingOccurrences(of: "\"boosting\"", with: "\"blend\"")
    #expect(changed != text)
    try folder.write("m/model.json", changed)
    let outcome = try program.run(["score", "--model", "m"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("m/model.json"))
    #expect(!folder.exists("at-risk.json"))
  }

  @Test func `cross-validate judges trees on any table, and auto says what it chose`() throws {
    let folder = try TemporaryFolder()
    // The label is whether two numbers have the same sign: no line tells that.
    var random = UInt64(7)
    func next() -> Double {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(random >> 11) / Double(1 << 53) * 2 - 1
    }
    let rows = (0..<1_200).map { _ -> String in
      let (x, y) = (next(), next())
      return "\(x),\(y),\(x * y > 0 ? 1 : 0)"
    }
    try folder.write("t.csv", "x,y,label\n" + rows.joined(separator: "\n") + "\n")
    let program = Program(folder: folder.path)
    let words = ["cross-validate", "t.csv", "--label", "label", "--predictions"]
    let judged = try program.succeed(words + ["p.csv", "--verbose"])
    #expect(judged.output.contains("predicted by boosted trees"))
    #expect(judged.errors.contains("boosting chosen"))
    let named = try program.succeed(words + ["q.csv", "--learner", "boosting", "--threads", "1"])
    #expect(named.output.contains("predicted by boosted trees"))
    #expect(try folder.text("p.csv") == folder.text("q.csv"))
    let linear = try program.succeed(words + ["l.csv", "--learner", "logistic"])
    #expect(linear.output.contains("predicted by logistic regression"))
  }
}
