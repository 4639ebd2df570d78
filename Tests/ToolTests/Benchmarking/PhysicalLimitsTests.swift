import Testing

@testable import churn_bench

struct PhysicalLimitsTests {
  private func limits(_ stages: [(Double, Bool)], processors: Int) -> PhysicalLimits {
    PhysicalLimits(
      file: "a file", byteCount: 1_000_000_000, processors: processors,
      stages: stages.map { PhysicalLimits.Stage(name: "stage", seconds: $0, isOneStream: $1) },
      imported: 2)
  }

  @Test func `stages that can be split share the processors`() {
    #expect(limits([(0.6, false), (0.4, false)], processors: 2).limit == 0.5)
  }

  @Test func `one stream takes its time however many processors there are`() {
    #expect(limits([(0.1, false), (0.8, true)], processors: 2).limit == 0.8)
    #expect(limits([(1.5, false), (0.8, true)], processors: 2).limit == 1.15)
  }

  @Test func `what happens within other stages takes no time of its own`() {
    var limits = limits([(0.6, false), (0.4, false), (5, true)], processors: 2)
    limits.stages[2].isWithinOthers = true
    #expect(limits.limit == 0.5)
  }

  @Test func `the text tells rates, the limit and the distance`() {
    let text = limits([(0.1, false), (0.8, true)], processors: 2).text
    #expect(text.contains("1.25 GB/s, 0.800 s"))
    #expect(text.contains("on 2 processors at least 0.800 s"))
    #expect(text.contains("2.000 s, 2.50 times that"))
  }
}
