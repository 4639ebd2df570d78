import History
import TestSupport
import Testing

@testable import RiskModel

/// Which days a model trains on.
struct TrainingLandmarksTests: PastFixtures {
  private func thinned(_ days: [Int], every: Int) -> [Int] {
    TrainingLandmarks.thinned(days.map(day), every: every).map { $0 - day(0) }
  }

  @Test func `days are taken from the newest backwards`() {
    let weekly = Array(stride(from: 0, through: 280, by: 7))
    #expect(thinned(weekly, every: 28) == Array(stride(from: 0, through: 280, by: 28)))
    // The newest one always is.
    #expect(thinned(weekly, every: 30).last == 280)
    #expect(thinned(weekly, every: 30) == [0, 35, 70, 105, 140, 175, 210, 245, 280])
  }

  @Test func `a short history gets closer landmarks until there are six`() {
    let weekly = Array(stride(from: 0, through: 84, by: 7))
    // 28 days apart there are 4, 14 days apart 7.
    #expect(thinned(weekly, every: 28) == [0, 14, 28, 42, 56, 70, 84])
    #expect(thinned([0, 7, 14], every: 28) == [0, 7, 14])
  }

  @Test func `never closer than a week`() {
    #expect(thinned(Array(0...20), every: 28) == [6, 13, 20])
    #expect(thinned(Array(0...3), every: 28) == [3])
    // Unless the recipe asks for it.
    #expect(thinned(Array(0...3), every: 1) == [0, 1, 2, 3])
  }

  @Test func `no days, no landmarks`() {
    #expect(thinned([], every: 28) == [])
  }

  @Test func `before the exports from the first known start on, at most two years`() throws {
    let past = history(
      subscription("A") { $0.effectiveStartDate = day(-100) }.seen(on: 0),
      // Not seen by day 0, so its start is not known then.
      subscription("B") { $0.effectiveStartDate = day(-300) }.seen(on: 7))
    func landmarks(_ known: Int) throws -> [Int] {
      try TrainingLandmarks.beforeExports(
        past, first: day(0), knownThrough: day(known), every: 28
      ).map { $0 - day(0) }
    }
    #expect(try landmarks(0) == [-84, -56, -28])
    #expect(try landmarks(7).first == -280)
    let old = history(subscription("A") { $0.effectiveStartDate = day(-5_000) }.seen(on: 0))
    let days = try TrainingLandmarks.beforeExports(
      old, first: day(0), knownThrough: day(0), every: 28)
    #expect(days.count == 26)  // 730 / 28
  }

  @Test(arguments: [
    (28, 91, 7, 28), (28, 28, 28, 28), (28, 28, 7, 28), (28, 14, 7, 14), (28, 10, 7, 7),
    (91, 60, 28, 56), (28, 5, 1, 5), (7, 14, 7, 7),
  ])
  func `landmarks are no further apart than the horizon, in steps of the exports`(
    every: Int, horizon: Int, exports: Int, expected: Int
  ) {
    #expect(
      TrainingLandmarks.spacing(every, horizonDays: horizon, exportsEvery: exports) == expected)
  }

  @Test func `a single export does not say how far apart exports are`() {
    #expect(TrainingLandmarks.spacing(28, horizonDays: 10, exportsEvery: nil) == 10)
  }

  @Test func `spacings are halved down to a week`() {
    #expect(TrainingLandmarks.spacings(from: 28) == [28, 14, 7])
    #expect(TrainingLandmarks.spacings(from: 30) == [30, 15, 7])
    #expect(TrainingLandmarks.spacings(from: 7) == [7])
    #expect(TrainingLandmarks.spacings(from: 3) == [3])
  }
}
