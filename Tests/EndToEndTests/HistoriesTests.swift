import Files
import Foundation
import Reporting
import RiskModel
import Testing

/// The real job on real histories, judged by what happened afterwards.
///
/// The histories are not part of the repository; without them these tests are skipped.
struct HistoriesTests {
  private static let isThere = Repository.shared("histories") != nil
  private static let absence: Comment = "the histories beside the checkout are not there"

  /// The exports and the usage of a history in a store of its own.
  private static func imported(_ name: String) throws -> (TemporaryFolder, Program, String) {
    let history = try #require(Repository.shared("histories/\(name)"))
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed(["import", "\(history)/exports", "\(history)/usage.jsonl.gz"])
    return (folder, program, history)
  }

  private static func exportDays(_ history: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(history)/exports").sorted()
  }

  @Test(.enabled(if: isThere, absence))
  func `oulad: eight lists, each from what was known then, reach a pooled AUC of .63`() throws {
    let (folder, program, history) = try Self.imported("oulad")
    try program.succeed([
      "train", "--as-of", "2014-10-13", "--horizon", "28", "--lag", "0", "--model", "model",
    ])
    let churned = try Self.churnDays(history)
    var scored: [(probability: Double, churned: Bool)] = []
    let days = try Self.exportDays(history).filter { $0 >= "2014-10-13" && $0 <= "2015-04-27" }
    #expect(days.count == 8)
    for day in days {
      try program.succeed(["score", "--model", "model", "--as-of", day, "--quiet"])
      let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
      #expect(list.asOf == day)
      let end = Self.day(day, plus: 28)
      for row in list.subscriptions {
        let date = churned[row.identity.subscriptionId] ?? ""
        scored.append((try #require(row.churnProbability), date > day && date <= end))
      }
    }
    let (auc, logLoss) = Self.judge(scored)
    print("oulad pooled over \(scored.count) rows: AUC \(auc), log-loss \(logLoss)")
    #expect(auc >= 0.63)
    // The base rate's log-loss on these rows is .0854.
    #expect(logLoss < 0.0854)
  }

  @Test(.enabled(if: isThere, absence))
  func `ravenstack: where nothing can be learned everybody has the base rate, of grade C`() throws {
    let (folder, program, history) = try Self.imported("ravenstack")
    let train = try program.succeed([
      "train", "--as-of", "2024-08-26", "--horizon", "28", "--lag", "0",
    ])
    #expect(train.output.contains("The model is the base rate: every subscription has the same"))
    #expect(train.output.contains("Grade C: there is no order") && !train.output.contains("AUC"))
    let churned = try Self.churnDays(history)
    var scored: [(probability: Double, churned: Bool)] = []
    for day in try Self.exportDays(history).filter({ $0 >= "2024-08-26" && $0 <= "2024-11-18" }) {
      try program.succeed(["score", "--as-of", day, "--quiet"])
      let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
      let end = Self.day(day, plus: 28)
      for row in list.subscriptions {
        let date = churned[row.identity.subscriptionId] ?? ""
        scored.append((try #require(row.churnProbability), date > day && date <= end))
      }
      #expect(list.model.grade == "C")
      #expect(list.attention.contains { $0.text.contains("high by the model alone") })
      let points = try list.subscriptions.map { try #require($0.ruleScore) }
      #expect(points == points.sorted(by: >))
    }
    let (_, logLoss) = Self.judge(scored)
    print("ravenstack pooled over \(scored.count) rows: log-loss \(logLoss)")
    // The training base rate has .0793 on these rows.
    #expect(logLoss <= 0.0793 + 0.0005)
  }

  @Test(.enabled(if: isThere, absence))
  func `tafeng: nobody cancels, so the rules take over; dormancy has a model`() throws {
    let (folder, program, _) = try Self.imported("tafeng")
    let train = try program.succeed(["train", "--horizon", "28", "--lag", "0"])
    #expect(train.output.contains("No model was fitted"))
    #expect(train.errors.contains("--recipe dormancy-28d"))
    try program.succeed(["score"])
    let rules = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(rules.subscriptions.count == 10_000)
    #expect(rules.subscriptions.allSatisfy { $0.churnProbability == nil })
    try program.succeed([
      "train", "--recipe", "\(Repository.root)/Training/recipes/dormancy-28d.json", "--lag", "0",
      "--model", "dormancy",
    ])
    try program.succeed(["score", "--model", "dormancy"])
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(["logistic", "boosting", "blend"].contains(list.model.learner))
    #expect(list.subscriptions.count + list.excluded.count == 10_000)
  }

  /// The day on which each subscription was lost, "" for none.
  private static func churnDays(_ history: String) throws -> [String: String] {
    var churned: [String: String] = [:]
    for line in try Data(contentsOf: URL(fileURLWithPath: "\(history)/truth.csv"))
      .split(separator: UInt8(ascii: "\n")).dropFirst()
    {
      let cells = String(decoding: line, as: UTF8.self)
        .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      churned[cells[0].lowercased()] = cells[2].trimmingCharacters(in: .whitespaces)
    }
    return churned
  }

  private static func day(_ day: String, plus days: Int) -> String {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    guard let date = try? format.parse(day) else { return day }
    return date.addingTimeInterval(Double(days) * 86_400).formatted(format)
  }

  /// AUC by the rank sum with ties averaged, and mean log-loss: written here once more, apart from
  /// the program's own.
  private static func judge(_ rows: [(probability: Double, churned: Bool)]) -> (Double, Double) {
    let ordered = rows.sorted { $0.probability < $1.probability }
    var rankSum = 0.0
    var start = 0
    while start < ordered.count {
      var end = start
      while end < ordered.count, ordered[end].probability == ordered[start].probability { end += 1 }
      let rank = Double(start + 1 + end) / 2
      rankSum += rank * Double(ordered[start..<end].count { $0.churned })
      start = end
    }
    let positives = Double(rows.count { $0.churned })
    let negatives = Double(rows.count) - positives
    let loss = rows.reduce(0) { $0 - log($1.churned ? $1.probability : 1 - $1.probability) }
    return (
      (rankSum - positives * (positives + 1) / 2) / (positives * negatives),
      loss / Double(rows.count)
    )
  }
}
