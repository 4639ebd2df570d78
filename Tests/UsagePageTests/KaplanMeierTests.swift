import Files
import Glibc
import History
import TestSupport
import Testing

@testable import UsagePage

/// The survival curve: by hand, by a naive twin, and as lifelines has it.
struct KaplanMeierTests {
  private func subject(_ entry: Int, _ exit: Int, _ isLost: Bool) -> SurvivalSubject {
    SurvivalSubject(entryAge: entry, exitAge: exit, isLost: isLost, start: day("2026-01-01"))
  }

  @Test func `five subscriptions by hand`() throws {
    // Followed: 5 at age 2, 3 at age 5 (one lost, one censored at 3 before), 1 at age 9.
    let curve = KaplanMeier(
      [
        subject(-1, 2, true), subject(-1, 3, false), subject(-1, 5, true), subject(-1, 5, false),
        subject(-1, 9, false),
      ], fewest: 1)
    #expect(curve.steps.map(\.age) == [2, 5])
    #expect(curve.steps.map(\.atRisk) == [5, 3])
    #expect(curve.steps.map(\.survival) == [0.8, 0.8 * (1 - 1.0 / 3)])
    // Greenwood at age 2: 1/(5·4) = .05; z·√.05/|ln .8| = 1.9640; .8^(e^±1.9640).
    let first = try #require(curve.steps.first)
    #expect(abs((first.low ?? 0) - 0.203809) < 1e-5)
    #expect(abs((first.high ?? 0) - 0.969180) < 1e-5)
    #expect(curve.subjects == 5 && curve.lost == 2 && curve.truncated == 0)
    #expect(curve.firstAge == 0 && curve.lastAge == 9 && curve.medianAge == nil)
  }

  @Test func `who enters later says nothing about younger ages`() {
    let curve = KaplanMeier(
      [subject(-1, 1, true), subject(-1, 8, false), subject(4, 6, true), subject(5, 7, false)],
      fewest: 1)
    // At age 1 the first two are followed, at age 6 the last three.
    #expect(curve.steps.map(\.atRisk) == [2, 3])
    #expect(curve.steps.map(\.survival) == [0.5, 0.5 * (1 - 1.0 / 3)])
    #expect(curve.truncated == 2)
    // An entry at the age of a loss was not there to be lost.
    let same = KaplanMeier([subject(-1, 5, true), subject(5, 9, false)], fewest: 1)
    #expect(same.steps.map(\.atRisk) == [1] && same.steps.map(\.survival) == [0])
  }

  @Test func `the curve starts and ends where enough are followed, and says so`() {
    // One is followed from the start and lost at once; twelve enter at age 100.
    let late = (0..<12).map { subject(100, 130 + $0, $0 == 3) }
    let curve = KaplanMeier([subject(-1, 10, true)] + late)
    #expect(curve.firstAge == 101 && curve.lastAge == 132)
    #expect(curve.steps.isEmpty)
    #expect(curve.step(at: 50) == nil && curve.step(at: 110)?.survival == 1)
    let lost = KaplanMeier([subject(-1, 10, true)] + late + [subject(100, 120, true)])
    #expect(lost.steps.map(\.age) == [120] && lost.steps.map(\.atRisk) == [13])
    // Where there never are ten, the most there are.
    #expect(KaplanMeier([subject(-1, 3, true), subject(-1, 9, true)]).steps.map(\.age) == [3])
  }

  @Test func `nobody, nobody lost, everybody lost`() {
    let nobody = KaplanMeier([])
    #expect(nobody.steps.isEmpty && nobody.step(at: 0) == nil && nobody.medianAge == nil)
    let kept = KaplanMeier([subject(-1, 10, false)], fewest: 1)
    #expect(kept.steps.isEmpty && kept.step(at: 10)?.survival == 1)
    let gone = KaplanMeier([subject(-1, 10, true)], fewest: 1)
    #expect(gone.steps.map(\.survival) == [0] && gone.steps[0].low == nil)
    #expect(gone.medianAge == 10)
  }

  @Test func `a naive twin agrees on random subjects`() {
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let all = (0..<Int.random(in: 1...60, using: &random)).map { _ -> SurvivalSubject in
        let exit = Int.random(in: 0...30, using: &random)
        let entry =
          exit > 0 && Bool.random(using: &random) ? Int.random(in: 0..<exit, using: &random) : -1
        return subject(entry, exit, Bool.random(using: &random))
      }
      let steps = KaplanMeier(all, fewest: 1).steps
      var survival = 1.0
      var at = 0
      for age in 0...30 {
        let lost = all.count { $0.isLost && $0.exitAge == age }
        guard lost > 0 else { continue }
        let followed = all.count { $0.entryAge < age && $0.exitAge >= age }
        survival *= 1 - Double(lost) / Double(followed)
        #expect(steps[at].age == age && steps[at].atRisk == followed)
        #expect(steps[at].lost == lost && abs(steps[at].survival - survival) < 1e-12)
        if let low = steps[at].low, let high = steps[at].high {
          #expect(low <= survival && survival <= high && low >= 0 && high <= 1)
        }
        at += 1
      }
      #expect(at == steps.count)
    }
  }

  /// Training/reference/survival.py made the figures.
  @Test func `the steps and intervals are those of lifelines`() throws {
    let path = Repository.file("Training/reference/survival.json")
    let reference = try JSONValue(parsing: contents(ofFile: path), path: path)
    for item in try #require(reference["cases"]?.array) {
      let (seed, count) = (try #require(item["seed"]?.int), try #require(item["count"]?.int))
      let longest = UInt64(try #require(item["longest"]?.int))
      let late = UInt64(try #require(item["latePerTen"]?.int))
      var random = SeededGenerator(seed: UInt64(seed))
      let subjects = (0..<count).map { _ -> SurvivalSubject in
        let exit = random.next() % longest
        let isLate = random.next() % 10 < late && exit > 0
        let entry = isLate ? Int(random.next() % exit) : -1
        return subject(entry, Int(exit), random.next() % 3 == 0)
      }
      let steps = KaplanMeier(subjects, fewest: 1).steps
      let expected = try #require(item["steps"]?.array)
      #expect(steps.count == expected.count && steps.count > 10)
      for (step, want) in zip(steps, expected) {
        #expect(step.age == want["age"]?.int && step.atRisk == want["atRisk"]?.int)
        #expect(step.lost == want["lost"]?.int)
        // lifelines adds logarithms, which rounds differently in the last digits.
        for (one, other) in [
          (step.survival, want["survival"]?.double), (step.low, want["low"]?.double),
          (step.high, want["high"]?.double),
        ] as [(Double?, Double?)] {
          #expect(one == nil && other == nil || abs((one ?? 9) - (other ?? -9)) < 1e-9)
        }
      }
    }
  }
}
