import Testing

@testable import Learning

struct QuantileTests {
  @Test(arguments: zip([0.0, 1, 0.5, 1.0 / 3, 0.9], [1.0, 10, 2.5, 2, 7.9]))
  func `interpolates between neighbours`(q: Double, expected: Double) {
    // numpy.quantile([1, 2, 3, 10], q)
    #expect(abs(quantile(q, ofSorted: [1, 2, 3, 10]) - expected) < 1e-12)
  }

  @Test func `of one number is that number`() {
    #expect(quantile(0.37, ofSorted: [4]) == 4)
  }
}
