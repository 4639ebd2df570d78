import Features
import Files
import History
import Learning
import TestSupport
import Testing

@testable import RiskModel

/// The rows that a calibration range rests on, and what becomes of it in a list.
struct CalibrationRangeTests {
  @Test func `one row of each customer, by the seed`() {
    let groups: [Int32] = [7, 7, 7, 2, 2, 9]
    let chosen = CalibrationRange.oneOfEach([10, 11, 12, 20, 21, 30], groups: groups, seed: 1)
    #expect(chosen.count == 3)
    #expect([20, 21].contains(chosen[0]) && [10, 11, 12].contains(chosen[1]) && chosen[2] == 30)
    // The order of the rows of others does not matter.
    #expect(
      CalibrationRange.oneOfEach([30, 10, 11, 12], groups: [9, 7, 7, 7], seed: 1)
        == [chosen[1], chosen[2]])
    let seeds = Set(
      (1...40).map {
        CalibrationRange.oneOfEach([10, 11, 12], groups: [7, 7, 7], seed: $0)[0]
      })
    #expect(seeds == [10, 11, 12])
  }

  @Test func `a bin is covered when its share of churn lies in the range by the other half`() {
    let alike = [Double](repeating: 0.5, count: 400)
    // 100 of 200 rows in each half: 100/201 to 101/201, and a half in every bin of 40.
    let even = (0..<400).map { $0 % 4 < 2 ? 1.0 : 0 }
    #expect(CalibrationRange.coveredBins(logOdds: alike, labels: even) == 10)
    // The same halves, with all of the churn in the first five bins.
    let uneven = (0..<400).map { $0 < 200 ? 1.0 : 0 }
    #expect(CalibrationRange.coveredBins(logOdds: alike, labels: uneven) == 0)
    #expect(CalibrationRange.coveredBins(logOdds: [1], labels: [1]) == 0)
  }

  @Test func `too few churned customers have none`() throws {
    let result = try TrainablePast.trained.get()
    #expect(result.range == nil && result.model.vennAbers == nil)
    #expect(result.evaluation(sha256: "")["calibrationRange"] == .null)
    let scores = try Scorer(model: result.model).score(TrainablePast.history, asOf: nil)
    #expect(scores.subscriptions.allSatisfy { $0.range == nil })
  }

  @Test func `with enough of them every row has a range around its probability`() throws {
    let past = TrainablePast.make(customers: 1_600, churnPerMonth: 0.1)
    let result = try Trainer(recipe: TrainablePast.recipe).train(past, asOf: nil, lagDays: 1)
    let range = try #require(result.range)
    #expect(range.churnedCustomers >= 100 && range.rows > range.churnedCustomers)
    #expect((0...10).contains(range.coveredBins))
    #expect(result.evaluation(sha256: "")["calibrationRange"]?["rows"]?.int == range.rows)
    #expect(result.card(sha256: "").contains("Calibration range: rests on"))
    let folder = TemporaryFolder()
    let (sealed, text) = result.model.sealed()
    try writeFile(folder["model.json"]) { try $0.write(text) }
    #expect(try RiskModelFile(contentsOf: folder["model.json"]) == sealed)
    let scores = try Scorer(model: sealed).score(past, asOf: nil)
    for row in scores.subscriptions {
      let range = try #require(row.range)
      #expect(range.contains(try #require(row.probability)))
    }
    let widths = scores.subscriptions.compactMap { $0.range.map { $0.upperBound - $0.lowerBound } }
    #expect(Set(widths).count > 5)
  }
}
