import Testing

@testable import churn_bench

/// Contenders take turns, and what was disturbed does not count.
struct SeriesTests {
  /// Contenders that write down who ran, and are disturbed as told, run by run.
  private final class Script {
    var log: [String] = []
    private var disturbances: [Double]

    init(_ disturbances: [Double] = []) { self.disturbances = disturbances }

    func contender(_ name: String) -> Contender {
      Contender(
        name: name, prepare: { self.log.append("(\(name)") },
        run: {
          self.log.append("\(name))")
          let disturbance = self.disturbances.isEmpty ? 0 : self.disturbances.removeFirst()
          return Run(
            seconds: Double(self.log.count), processorSeconds: 0, peakMemory: self.log.count,
            disturbance: disturbance)
        })
    }
  }

  @Test func `contenders take turns, each prepared just before it runs`() throws {
    let script = Script()
    let series = Series(rounds: 2, acceptsDisturbance: false)
    let results = try series.measure([script.contender("a"), script.contender("b")])
    #expect(script.log == ["(a", "a)", "(b", "b)", "(a", "a)", "(b", "b)"])
    #expect(results.map(\.name) == ["a", "b"])
    #expect(results[0].runs.map(\.seconds) == [2, 6])
    #expect(results[1].runs.map(\.seconds) == [4, 8])
    #expect(results[1].peakMemory == 8)
  }

  @Test func `a round with one disturbed run is measured again`() throws {
    let script = Script([0, 0.031, 0, 0.03])
    let results = try Series(rounds: 1, acceptsDisturbance: false)
      .measure([script.contender("a"), script.contender("b")])
    #expect(script.log.count == 8)
    #expect(results[0].runs.map(\.seconds) == [6])
    #expect(results[1].runs.map(\.disturbance) == [0.03])
  }

  @Test func `it gives up after three times as many rounds`() throws {
    let script = Script([0.5, 0, 0.2, 0.2, 0.2, 0.9])
    #expect(throws: Disturbed(share: 0.9)) {
      try Series(rounds: 2, acceptsDisturbance: false).measure([script.contender("a")])
    }
    #expect(script.log.count == 12)
  }

  @Test func `a forced series counts every round and tells the worst`() throws {
    let script = Script([0.5, 0.1, 0])
    let results = try Series(rounds: 3, acceptsDisturbance: true).measure([script.contender("a")])
    #expect(results[0].runs.count == 3)
    #expect(results[0].disturbance == 0.5)
  }

  @Test func `an error of a contender ends it`() {
    let broken = Contender(name: "broken", run: { throw NotMeasured(reason: "no") })
    #expect(throws: NotMeasured(reason: "no")) {
      try Series(rounds: 1, acceptsDisturbance: true).measure([broken])
    }
  }
}
