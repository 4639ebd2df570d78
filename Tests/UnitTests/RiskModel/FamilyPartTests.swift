import Features
import Glibc
import Learning
import Testing

@testable import RiskModel

/// What families say together.
struct FamilyPartTests {
  private func parts(
    _ contributions: [Double], _ families: [FeatureFamily], logOdds: Double?,
    _ calibration: CalibrationMap = .identity
  ) -> [FamilyPart] {
    FamilyPart.parts(
      of: contributions, families: families, logOdds: logOdds, calibration: calibration)
  }

  @Test func `features of one family are added, families keep their order`() {
    let parts = parts(
      [0.5, -0.25, 1, 0.125], [.trial, .usageRecency, .trial, .usageRecency], logOdds: nil)
    #expect(parts.map(\.family) == [.usageRecency, .trial])
    #expect(parts.map(\.contribution) == [-0.125, 1.5])
    #expect(parts.map(\.probabilityWithout) == [nil, nil])
  }

  @Test func `a family that adds exactly nothing is left out`() {
    #expect(
      parts([0.5, -0.5, 0], [.trial, .trial, .renewal], logOdds: 1).isEmpty)
    #expect(parts([], [], logOdds: 1).isEmpty)
  }

  @Test func `without a family the calibration maps what is left`() {
    // Platt: sigma(0.5 (2 − 3) + 0.25) = sigma(−0.25).
    let part = parts([3], [.customer], logOdds: 2, .platt(a: 0.5, b: 0.25))[0]
    #expect(abs((part.probabilityWithout ?? .nan) - 1 / (1 + exp(0.25))) <= 1e-15)
  }

  @Test func `bias and families are the log-odds on every row`() throws {
    let model = try TrainablePast.model.get()
    let scores = try Scorer(model: model).score(TrainablePast.history, asOf: nil)
    for row in scores.subscriptions {
      let logOdds = try #require(row.logOdds)
      let sum = row.families.reduce(scores.model.bias) { $0 + $1.contribution }
      #expect(abs(sum - logOdds) <= 1e-9)
      // What is named and what is not lies in some family.
      let named = (row.reasons + row.mitigating).reduce(0) { $0 + $1.contribution }
      let inFamilies = row.families.reduce(0) { $0 + $1.contribution }
      #expect(abs(inFamilies - named - row.otherContributions) <= 1e-9)
    }
    #expect(scores.subscriptions.contains { $0.families.count > 2 })
  }
}
