import Features
import History
import TestSupport
import Testing

@testable import Features

/// Whether the window of a landmark has been seen to its end.
struct MaturityTests: PastFixtures {
  private func maturity(
    exports: [Int], incomplete: Set<Int> = [], horizon: Int = 28, grace: Int = 0, lag: Int = 0,
    knownThrough: Int = 1_000
  ) -> Maturity {
    Maturity(
      sources: [source(exports: exports, incomplete: incomplete)],
      definition: ChurnDefinition(horizonDays: horizon, reactivationGraceDays: grace), lag: lag,
      knownThrough: day(knownThrough))
  }

  @Test func `mature when an export on the last day of the window was seen`() {
    #expect(maturity(exports: [0, 28]).isMature(day(0), source: 0))
    #expect(!maturity(exports: [0, 27]).isMature(day(0), source: 0))
    #expect(maturity(exports: [0, 27, 35]).isMature(day(0), source: 0))
  }

  @Test func `grace and lag are waited for as well`() {
    // 28 + 30 + 4 = 62.
    #expect(
      maturity(exports: [0, 30, 62], grace: 30, lag: 4).isMature(day(0), source: 0))
    #expect(
      !maturity(exports: [0, 30, 61], grace: 30, lag: 4).isMature(day(0), source: 0))
  }

  @Test func `an incomplete export ends no window`() {
    #expect(!maturity(exports: [0, 28], incomplete: [28]).isMature(day(0), source: 0))
    #expect(maturity(exports: [0, 28, 35], incomplete: [28]).isMature(day(0), source: 0))
  }

  @Test func `too few rows make an export incomplete`() {
    let short = Source(
      name: "default",
      days: [(0, 1.0), (28, 0.79), (35, 0.8)].map {
        ExportDay(day: day($0.0), rows: 10, hasAllPages: true, retainedShare: $0.1)
      })
    func isMature(horizon: Int, knownThrough: Int) -> Bool {
      Maturity(
        sources: [short],
        definition: ChurnDefinition(horizonDays: horizon, reactivationGraceDays: 0), lag: 0,
        knownThrough: day(knownThrough)
      ).isMature(day(0), source: 0)
    }
    #expect(!isMature(horizon: 28, knownThrough: 34))
    #expect(isMature(horizon: 28, knownThrough: 35))
  }

  @Test func `a hole of more than 60 days hides what happened`() {
    #expect(maturity(exports: [0, 60, 91], horizon: 91).isMature(day(0), source: 0))
    #expect(!maturity(exports: [0, 61, 91], horizon: 91).isMature(day(0), source: 0))
    #expect(!maturity(exports: [0, 30, 91], horizon: 91).isMature(day(0), source: 0))
    // The stretch up to the export that ends the window counts too.
    #expect(!maturity(exports: [0, 61], horizon: 28).isMature(day(0), source: 0))
    // What lies behind that export does not.
    #expect(maturity(exports: [0, 28, 200], horizon: 28).isMature(day(0), source: 0))
  }

  @Test func `an incomplete export is no hole`() {
    #expect(
      maturity(exports: [0, 50, 91], incomplete: [50], horizon: 91).isMature(day(0), source: 0))
  }

  @Test func `exports after the day one looks back from do not exist`() {
    #expect(!maturity(exports: [0, 28], knownThrough: 27).isMature(day(0), source: 0))
    #expect(maturity(exports: [0, 28], knownThrough: 28).isMature(day(0), source: 0))
  }

  @Test func `each source is judged by its own exports`() {
    let maturity = Maturity(
      sources: [source("alpha", exports: [0, 28]), source("beta", exports: [0, 14])],
      definition: ChurnDefinition(horizonDays: 28, reactivationGraceDays: 0), lag: 0,
      knownThrough: day(28))
    #expect(maturity.isMature(day(0), source: 0))
    #expect(!maturity.isMature(day(0), source: 1))
  }

  @Test func `the stretch before the first export is no hole`() {
    #expect(maturity(exports: [0, 30], horizon: 91).isMature(day(-91), source: 0))
    #expect(maturity(exports: [0, 30], horizon: 91).isMature(day(-300), source: 0))
    #expect(!maturity(exports: [0], horizon: 91).isMature(day(-90), source: 0))
  }

  @Test func `a source without exports is never mature`() {
    #expect(!maturity(exports: []).isMature(day(0), source: 0))
  }

  @Test func `as many days were seen as the last complete export lies behind, less the wait`() {
    func seen(_ landmark: Int, _ exports: [Int], incomplete: Set<Int> = []) -> Int {
      maturity(exports: exports, incomplete: incomplete, grace: 30, lag: 4)
        .seenDays(after: day(landmark), source: 0)
    }
    #expect(seen(0, [0, 50, 100]) == 66)
    #expect(seen(50, [0, 50, 100]) == 16)
    #expect(seen(-100, [0, 50, 100]) == 166)
    // The last export is incomplete; the wait is longer than what was seen.
    #expect(seen(0, [0, 50, 100], incomplete: [100]) == 16)
    #expect(seen(0, [0, 30]) == 0)
    #expect(seen(0, []) == 0 && seen(0, [0], incomplete: [0]) == 0)
    // Nothing is seen over a hole of more than 60 days.
    #expect(seen(0, [0, 50, 111, 120]) == 16)
    #expect(seen(0, [0, 50, 110, 120]) == 86)
    #expect(seen(111, [0, 50, 111, 171]) == 26)
  }

  @Test func `random exports agree with a walk over all of them`() {
    var random = HistoryRandom(seed: 77)
    var mature = 0
    for _ in 0..<300 {
      var exports: [Int] = []
      var number = random.number(0...40)
      while number < 500 {
        exports.append(number)
        number += random.chance(0.1) ? random.number(55...70) : random.number(1...20)
      }
      let incomplete = Set(exports.filter { _ in random.chance(0.1) })
      let (horizon, lag) = (random.number(7...120), random.number(0...9))
      let maturity = maturity(
        exports: exports, incomplete: incomplete, horizon: horizon, lag: lag)
      for landmark in stride(from: -100, through: 500, by: 9) {
        let expected = isMatureByWalking(
          landmark, exports, incomplete, waiting: horizon + lag)
        #expect(maturity.isMature(day(landmark), source: 0) == expected, "\(landmark): \(exports)")
        let seen = maturity.seenDays(after: day(landmark), source: 0)
        #expect((seen >= horizon) == expected)
        // So many days and no more, whatever the horizon.
        if seen > 0 {
          #expect(isMatureByWalking(landmark, exports, incomplete, waiting: seen + lag))
        }
        #expect(!isMatureByWalking(landmark, exports, incomplete, waiting: seen + lag + 1))
        if expected { mature += 1 }
      }
    }
    #expect(mature > 3_000)
  }

  /// The naive twin: every export between the landmark and the one that ends the window.
  private func isMatureByWalking(
    _ landmark: Int, _ exports: [Int], _ incomplete: Set<Int>, waiting: Int
  ) -> Bool {
    guard let first = exports.first,
      let end = exports.first(where: { $0 >= landmark + waiting && !incomplete.contains($0) })
    else { return false }
    var last = max(landmark, first)
    for export in exports where export > last && export <= end {
      if export - last > 60 { return false }
      last = export
    }
    return true
  }
}
