import ForkJoin
import Learning
import Testing

struct BLASTests {
  /// 5 x 3, whole numbers, so that every sum is exact.
  let a: [Double] = [1, 2, 3, -1, 0, 2, 4, 4, 1, 0, -3, 5, 2, 2, -2]

  @Test func `sums products`() {
    let (x, y) = ([1.0, 2, 3], [4.0, -5, 6])
    #expect(BLAS.dot(x.span, y.span) == 12)
  }

  @Test func `adds the transposed product without clearing`() {
    let x = [1.0, 1, 1, 1, 1]
    var y = [100.0, 0, 0]
    var span = y.mutableSpan
    BLAS.addTransposed(a.span, x.span, into: &span)
    // Column sums 6, 5, 9.
    #expect(y == [106, 5, 9])
  }

  @Test func `adds the Gram matrix to the upper triangle only`() {
    var c = [Double](repeating: 0, count: 9)
    c[3] = -7
    var span = c.mutableSpan
    BLAS.addGram(a.span, rowCount: 5, order: 3, into: &span)
    for i in 0..<3 {
      for j in i..<3 {
        let naive = (0..<5).reduce(0.0) { $0 + a[$1 * 3 + i] * a[$1 * 3 + j] }
        #expect(c[i * 3 + j] == naive)
      }
    }
    #expect(c[3] == -7)
  }

  /// The buffers that OpenBLAS packs its operands into are shared by the whole process.
  @Test func `calls from several threads do not spoil each other's sums`() {
    let (rows, order) = (1000, 60)
    let a = (0..<rows * order).map { Double($0 * 7919 % 1009) / 1009 - 0.5 }
    @Sendable func gram() -> [Double] {
      var c = [Double](repeating: 0, count: order * order)
      var span = c.mutableSpan
      BLAS.addGram(a.span, rowCount: rows, order: order, into: &span)
      return c
    }
    let alone = gram()
    let wrong = concurrentMap(count: 8) { _ in (0..<1000).count { _ in gram() != alone } }
    #expect(wrong.reduce(0, +) == 0)
  }

  @Test func `refuses lengths that do not match`() async {
    await #expect(processExitsWith: .failure) {
      let (x, y) = ([1.0, 2], [1.0])
      _ = BLAS.dot(x.span, y.span)
    }
  }
}
