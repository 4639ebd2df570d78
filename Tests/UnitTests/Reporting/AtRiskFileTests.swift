import Features
import Files
import ForkJoin
import Glibc
import History
import Learning
import TestSupport
import Testing

@testable import Reporting
@testable import RiskModel

/// The written file of a fitted model: its sums, and that only the history decides its bytes.
struct AtRiskFileTests {
  private func file(
    _ history: some HistorySource, _ calibration: CalibrationMap? = nil, asOf: CalendarDay? = nil
  ) throws -> String {
    var model = try TrainablePast.model.get()
    if let calibration { model.calibration = calibration }
    return try SampleScores.text(
      AtRiskDocument(try Scorer(model: model).score(history, asOf: asOf)))
  }

  @Test(arguments: RiskFixtures.calibrations)
  func `bias, reasons and the rest are the log-odds, and these the probability`(
    calibration: CalibrationMap
  ) throws {
    let text = try file(TrainablePast.history, calibration)
    let json = try JSONValue(parsing: Array(text.utf8), path: "")
    let bias = try #require(json["model"]?["bias"]?.double)
    let map = try #require(json["model"]?["calibration"].flatMap(CalibrationMap.init(json:)))
    #expect(map == calibration)
    let rows = try #require(json["subscriptions"]?.array)
    #expect(rows.count > 100)
    for (index, row) in rows.enumerated() {
      let parts = ["reasons", "mitigating"].flatMap { row[$0]?.array ?? [] }
        .compactMap { $0["contribution"]?.double }
      let rest = try #require(row["otherContributions"]?.double)
      let logOdds = try #require(row["logOdds"]?.double)
      #expect(abs(bias + parts.reduce(0, +) + rest - logOdds) <= 1e-9)
      let probability = try #require(row["churnProbability"]?.double)
      #expect(abs(map.probability(logOdds: logOdds) - probability) <= 1e-12)
      let byHorizon = try #require(row["probabilityByHorizon"]?.object).members
      #expect(byHorizon.map(\.key) == ["28", "56", "91"])
      #expect(byHorizon[0].value == .number(probability))
      let values = byHorizon.compactMap(\.value.double)
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
      let families = row["families"]?.array ?? []
      let sum = families.compactMap { $0["contribution"]?.double }.reduce(bias, +)
      #expect(abs(sum - logOdds) <= 1e-9)
      for family in families {
        let contribution = try #require(family["contribution"]?.double)
        #expect(contribution != 0)
        let without = try #require(family["probabilityWithout"]?.double)
        #expect(abs(map.probability(logOdds: logOdds - contribution) - without) <= 1e-12)
        #expect(family["changeSincePrevious"] == .null)
      }
      #expect(row["rank"]?.int == index + 1)
      #expect(row["ruleScore"] == .null)
    }
  }

  @Test func `under rules points sum to the score`() throws {
    let scores = try Scorer(model: RiskFixtures.rules()).score(TrainablePast.history, asOf: nil)
    let text = try SampleScores.text(AtRiskDocument(scores))
    let json = try JSONValue(parsing: Array(text.utf8), path: "")
    #expect(json["model"]?["calibration"] == .null && json["model"]?["grade"] == .null)
    for row in try #require(json["subscriptions"]?.array) {
      let points = (row["reasons"]?.array ?? []).compactMap { $0["contribution"]?.double }
      let score = try #require(row["ruleScore"]?.double)
      #expect(points.reduce(0, +) + (row["otherContributions"]?.double ?? .nan) == score)
      #expect((0...100).contains(score))
      #expect(row["churnProbability"] == .null && row["logOdds"] == .null)
      #expect(row["probabilityByHorizon"] == .null && row["expectedLoss"] == .null)
      let families = row["families"]?.array ?? []
      let sum = families.compactMap { $0["contribution"]?.double }.reduce(0, +)
      #expect(min(100, sum) == score)
      #expect(families.allSatisfy { $0["probabilityWithout"] == .null })
    }
  }

  @Test(arguments: [63, 126, 189])
  func `the file of a day is that of a history that ends there`(number: Int) throws {
    let asOf = pastDay(number)
    let lag = try TrainablePast.model.get().lagDays
    #expect(
      try file(TrainablePast.history, asOf: asOf)
        == file(Replay.cut(TrainablePast.history, at: asOf, lag: lag)))
  }

  @Test func `what was scored is read back`() throws {
    let folder = TemporaryFolder()
    var document = AtRiskDocument(
      try Scorer(model: TrainablePast.model.get()).score(TrainablePast.history, asOf: nil))
    try document.compare(with: nil, path: nil)
    try document.write(to: folder["a.json"])
    #expect(try AtRiskDocument(contentsOf: folder["a.json"]) == document)
  }
}

/// Changes the process's thread count; no result may depend on it.
struct AtRiskFileThreadsTests {
  @Test func `at-risk files are the same for any threads and batches`() throws {
    defer { ThreadCount.set(0) }
    let model = try TrainablePast.model.get()
    let files = try [(512, 0), (1, 1), (7, 2), (10_000, 4)].map { size, threads in
      ThreadCount.set(threads)
      let batches = OtherBatches(history: TrainablePast.history, size: size)
      return try SampleScores.text(
        AtRiskDocument(try Scorer(model: model).score(batches, asOf: nil)))
    }
    #expect(files[0].contains("\"churnProbability\": 0."))
    for file in files.dropFirst() { #expect(file == files[0]) }
  }
}
