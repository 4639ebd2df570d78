import Features
import Glibc
import History
import Learning
import Testing

@testable import RiskModel

/// Scores of a fitted model: sums, calibration, bands, and that nothing but the history decides.
struct FittedScoresTests {
  private func scores(_ calibration: CalibrationMap? = nil, on number: Int? = nil) throws
    -> RiskScores
  {
    var model = try TrainablePast.model.get()
    if let calibration { model.calibration = calibration }
    return try Scorer(model: model).score(TrainablePast.history, asOf: number.map(pastDay))
  }

  @Test func `bias and contributions are the log-odds on every row`() throws {
    let scores = try scores()
    #expect(scores.subscriptions.count > 100)
    for row in scores.subscriptions {
      let logOdds = try #require(row.logOdds)
      let parts = (row.reasons + row.mitigating).map(\.contribution)
      let sum = scores.model.bias + parts.reduce(0, +) + row.otherContributions
      #expect(abs(sum - logOdds) <= 1e-9)
      #expect(row.contributions.count == scores.model.featureNames.count)
      #expect(abs(scores.model.bias + row.contributions.reduce(0, +) - logOdds) <= 1e-9)
    }
    #expect(scores.subscriptions.contains { !$0.reasons.isEmpty })
    #expect(scores.subscriptions.contains { !$0.mitigating.isEmpty })
  }

  @Test(arguments: RiskFixtures.calibrations)
  func `every calibration maps log-odds to the probability`(calibration: CalibrationMap) throws {
    func sigma(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
    for row in try scores(calibration).subscriptions {
      let z = try #require(row.logOdds)
      let expected: Double
      switch calibration {
      case .identity: expected = sigma(z)
      case .interceptShift(let b): expected = sigma(z + b)
      case .platt(let a, let b): expected = sigma(a * z + b)
      case .beta(let a, let b, let c):
        expected = sigma(a * log(sigma(z)) - b * log(1 - sigma(z)) + c)
      case .isotonic(let x, let y):
        if z <= x[0] {
          expected = y[0]
        } else if let next = x.firstIndex(where: { $0 >= z }) {
          let share = (z - x[next - 1]) / (x[next] - x[next - 1])
          expected = y[next - 1] + share * (y[next] - y[next - 1])
        } else {
          expected = y[y.count - 1]
        }
      }
      #expect(abs(try #require(row.probability) - expected) <= 1e-9)
    }
  }

  @Test func `the order is by probability, then log-odds, then id`() throws {
    // Isotonic steps make many equal probabilities.
    for calibration in RiskFixtures.calibrations {
      let rows = try scores(calibration).subscriptions
      for (left, right) in zip(rows, rows.dropFirst()) {
        let (p, q) = (left.probability ?? .nan, right.probability ?? .nan)
        let (a, b) = (left.logOdds ?? .nan, right.logOdds ?? .nan)
        #expect(p > q || p == q && (a > b || a == b && left.identity.id < right.identity.id))
      }
    }
  }

  @Test func `bands follow the calibrated probability`() throws {
    let scores = try scores(.interceptShift(b: 0.8))
    for row in scores.subscriptions {
      let probability = try #require(row.probability)
      #expect(
        row.band
          == (probability >= scores.bands.high
            ? .high : probability >= scores.bands.medium ? .medium : .low))
      #expect(row.isAtRisk == (probability >= scores.bands.medium))
      #expect(row.expectedLoss == probability * row.identity.value.amount)
    }
    #expect(scores.subscriptions.contains { $0.band == .high })
  }

  @Test func `no sentence stands on the side where it sounds wrong`() throws {
    for row in try scores().subscriptions {
      #expect(row.reasons.allSatisfy { MessageTone($0.message).fits(sign: 1) })
      #expect(row.mitigating.allSatisfy { MessageTone($0.message).fits(sign: -1) })
    }
  }

  @Test func `families that say the same thing speak with one voice`() throws {
    for row in try scores().subscriptions {
      for reason in row.reasons { #expect(reason.contribution >= 0.02) }
      for fact in row.mitigating { #expect(fact.contribution <= -0.02) }
      #expect(row.reasons.count <= 5 && row.mitigating.count <= 3)
      #expect(Set(row.reasons.map(\.family)).isDisjoint(with: row.mitigating.map(\.family)))
      // The weightiest family first; within a family the largest part first.
      for (_, reasons) in Dictionary(grouping: row.reasons, by: \.family) {
        #expect(reasons.map(\.contribution) == reasons.map(\.contribution).sorted(by: >))
      }
    }
  }

  @Test func `batches do not change a bit`() throws {
    let model = try TrainablePast.model.get()
    let expected = "\(try scores())"
    for size in [1, 7, 10_000] {
      let other = OtherBatches(history: TrainablePast.history, size: size)
      #expect("\(try Scorer(model: model).score(other, asOf: nil))" == expected)
    }
  }

  @Test(arguments: [70, 105, 140])
  func `scores of a day are those of a history that ends there`(number: Int) throws {
    let model = try TrainablePast.model.get()
    let asOf = pastDay(number)
    let full = try Scorer(model: model).score(TrainablePast.history, asOf: asOf)
    let cut = try Scorer(model: model).score(
      Replay.cut(TrainablePast.history, at: asOf, lag: model.lagDays), asOf: nil)
    #expect("\(full)" == "\(cut)")
  }
}
