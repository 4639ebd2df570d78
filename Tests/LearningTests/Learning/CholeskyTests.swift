import Testing

@testable import Learning

struct CholeskyTests {
  @Test func `solves two equations`() throws {
    // 4x + 2y = 8, 2x + 3y = 7: x = 5/4, y = 3/2. The element below the diagonal is not read.
    let factor = try Cholesky(upperTriangle: [4, 2, .nan, 3], order: 2)
    let x = factor.solve([8, 7])
    #expect(abs(x[0] - 1.25) < 1e-15)
    #expect(abs(x[1] - 1.5) < 1e-15)
  }

  @Test func `names the first minor that is not positive`() {
    // [[1, 2], [2, 1]] has determinant -3.
    #expect(throws: NotPositiveDefinite(leadingMinor: 2)) {
      try Cholesky(upperTriangle: [1, 2, 2, 1], order: 2)
    }
    #expect(throws: NotPositiveDefinite(leadingMinor: 1)) {
      try Cholesky(upperTriangle: [0], order: 1)
    }
  }

  @Test(arguments: [1, 2, 5, 40]) func `leaves no residual`(order: Int) throws {
    var generator = SplitMix64(seed: UInt64(order))
    let rows = (0..<order + 5).flatMap { _ in (0..<order).map { _ in generator.nextUnit() - 0.5 } }
    var gram = [Double](repeating: 0, count: order * order)
    var span = gram.mutableSpan
    BLAS.addGram(rows.span, rowCount: order + 5, order: order, into: &span)
    let b = (0..<order).map { _ in generator.nextUnit() }
    let x = try Cholesky(upperTriangle: gram, order: order).solve(b)
    for i in 0..<order {
      let left = (0..<order).reduce(0.0) { $0 + gram[min(i, $1) * order + max(i, $1)] * x[$1] }
      // The condition number of such matrices stays below 1e5, times 1e-16, with room to spare.
      #expect(abs(left - b[i]) < 1e-9)
    }
  }

  @Test func `a matrix with a NaN has no factor`() {
    #expect(throws: NotPositiveDefinite(leadingMinor: 0)) {
      try Cholesky(upperTriangle: [1, .nan, 0, 1], order: 2)
    }
  }
}
