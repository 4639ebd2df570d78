import Testing

@testable import churn_bench

struct TimingsTests {
  @Test func `an odd number of values has one in the middle`() {
    let timings = Timings([5, 1, 2, 9, 3])
    #expect(timings.minimum == 1)
    #expect(timings.median == 3)
    #expect(timings.maximum == 9)
    // (9 - 1) / 3
    #expect(abs(timings.spread - 8.0 / 3) < 1e-15)
  }

  @Test func `an even number of values has the mean of two`() {
    #expect(Timings([4, 1, 2, 10]).median == 3)
  }

  @Test func `a single value does not spread`() {
    #expect(Timings([7]).median == 7)
    #expect(Timings([7]).spread == 0)
  }

  @Test func `zeros do not spread`() {
    #expect(Timings([0, 0]).spread == 0)
  }
}
