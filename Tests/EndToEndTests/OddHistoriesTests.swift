import Files
import Foundation
import Reporting
import Testing

/// Histories that lack something: every command ends well, or says what is short.
struct OddHistoriesTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
    try folder.write(
      "recipe.json", #"{ "name": "four weeks", "horizonDays": 28, "lagDays": 0 }"#)
  }

  /// Exports every four weeks from 2025-01-06 on.
  private static let days: [String] = {
    let format = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    guard let first = try? format.parse("2025-01-06") else { return [] }
    return (0..<14).map { first.addingTimeInterval(Double($0) * 28 * 86_400).formatted(format) }
  }()

  // Imports exports of `count` subscriptions on the first `exports` days. `end` is the number of the
  // export that first shows a subscription as deprovisioned; everybody has usage up to there.
  private func make(
    _ count: Int, exports: Int = 14, usesAll: Bool = true, end: (Int) -> Int? = { _ in nil },
    customer: (Int) -> Int = { $0 }
  ) throws {
    for (number, day) in Self.days.prefix(exports).enumerated() {
      let rows = (1...count).map { id -> String in
        let tenant = ["customerTenantId": "\"\(Exports.tenant(customer(id)))\""]
        guard let last = end(id), last <= number else { return Exports.subscription(id, tenant) }
        return Exports.subscription(
          id,
          tenant.merging([
            "status": "\"DEPROVISIONED\"", "deprovisionedDate": "\"\(Self.days[last])T00:00:00\"",
          ]) { $1 })
      }
      try folder.write("\(day)/subscriptions.json", Exports.envelope(rows))
      guard usesAll else { continue }
      let lines = (1...count).filter { end($0).map { number < $0 } ?? true }.flatMap { id in
        [0, 1].map { Exports.usage(id, day: Self.days[max(0, number - $0)]) }
      }
      try folder.write("\(day)/usage.jsonl", lines.joined(separator: "\n"))
      try program.succeed(["import", day])
    }
    if !usesAll { try program.succeed(["import"] + Self.days.prefix(exports)) }
  }

  private func run(_ words: [String], _ status: Int32, says: String...) throws {
    let outcome = try program.run(words)
    #expect(outcome.status == status, "\(words): \(outcome.errors)")
    for word in says {
      #expect((outcome.output + outcome.errors).contains(word), "\(words): \(outcome.errors)")
    }
  }

  private static func range(_ first: Int, _ last: Int) -> [String] {
    ["--recipe", "recipe.json", "--from", days[first], "--to", days[last]]
  }

  private func list() throws -> AtRiskDocument {
    try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
  }

  private func backtest() throws -> JSONValue {
    try Schemas.expect(folder.path("backtest.json"), matches: .backtest)
    return try JSONValue(
      parsing: contents(ofFile: folder.path("backtest.json")), path: "backtest.json")
  }

  @Test func `one observation only`() throws {
    try make(40, exports: 1)
    try run(["train", "--recipe", "recipe.json"], 0, says: "0 churned customers")
    try run(["score"], 0, says: "They are no probabilities")
    try run(["backtest"] + Self.range(0, 0), 65, says: "has not been seen to its end")
    try run(
      ["features", "--output", "p.csv"] + Self.range(0, 0), 65, says: "has been seen to its end")
    #expect(!folder.exists("p.csv") && !folder.exists("backtest.json"))
  }

  @Test func `no usage at all`() throws {
    // Three end with every export but the first two.
    try make(120, usesAll: false, end: { $0 <= 36 ? 2 + ($0 - 1) / 3 : nil })
    try run(["train", "--recipe", "recipe.json"], 0, says: "The model is the base rate")
    try run(["score"], 0, says: "no usage lines")
    #expect(try list().subscriptions.allSatisfy { $0.churnProbability != nil })
    try run(["backtest"] + Self.range(8, 13), 0, says: "past lists")
    #expect(try backtest()["pooled"]?["churned"]?.int ?? 0 > 5)
    try run(["features", "--output", "p.csv"] + Self.range(0, 12), 0, says: "Fold 0 begins on")
  }

  @Test func `usage only`() throws {
    let lines = Self.days.map { Exports.usage(1, day: $0) }
    try folder.write("2026-01-05/usage.jsonl", lines.joined(separator: "\n"))
    try program.succeed(["import", "2026-01-05"])
    let missing = "no subscription export"
    try run(["train"], 65, says: missing)
    try run(["backtest"] + Self.range(0, 13), 65, says: missing)
    try run(["features", "--output", "p.csv"] + Self.range(0, 13), 65, says: missing)
    try run(["score"], 66, says: "no model yet")
  }

  @Test func `all customers churned`() throws {
    try make(60, end: { 3 + $0 % 8 })
    try run(["train", "--recipe", "recipe.json"], 0)
    try run(["score"], 0)
    let list = try list()
    #expect(list.subscriptions.isEmpty && list.excluded.count == 60)
    #expect(list.excluded.allSatisfy { $0.reason == "alreadyChurned" })
    try run(["backtest"] + Self.range(5, 12), 0, says: "past lists")
    try run(["features", "--output", "p.csv"] + Self.range(0, 12), 0, says: "of them lost")
    _ = try backtest()
  }

  @Test func `none churned`() throws {
    try make(60)
    try run(["train", "--recipe", "recipe.json"], 0, says: "0 churned customers")
    try run(["score"], 0, says: "They are no probabilities")
    try run(["backtest"] + Self.range(8, 12), 0, says: "too little was known for a model")
    let judged = try backtest()
    #expect(judged["pooled"]?["model"]?["areaUnderROC"]?["value"] == .null)
    #expect(judged["pooled"]?["churned"]?.int == 0 && judged["pooled"]?["grade"] == .null)
    try run(
      ["features", "--output", "p.csv"] + Self.range(0, 12), 0, says: "Every row is in fold -1")
  }

  @Test func `a single customer`() throws {
    try make(60, end: { $0 <= 40 ? 2 + $0 % 10 : nil }, customer: { _ in 1 })
    try run(["train", "--recipe", "recipe.json"], 0, says: "1 churned customer whose")
    try run(["score"], 0, says: "They are no probabilities")
    try run(["backtest"] + Self.range(2, 10), 0, says: "past lists")
    let auc = try backtest()["pooled"]?["model"]?["areaUnderROC"]
    // One customer says nothing about another.
    #expect(auc?["value"]?.double != nil && auc?["low"] == .null)
    try run(["features", "--output", "p.csv"] + Self.range(0, 12), 0, says: "Fold 0 begins on")
  }
}
