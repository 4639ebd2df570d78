/// Finds between which of some ascending numbers a number lies, without a branch that could be guessed
/// wrong.
///
///     rank(x) = 0 for NaN, else 1 + how many of the numbers are less than x
struct RankSearch: Sendable {
  /// The numbers, filled up with ∞ to 2ᵏ − 1.
  private let numbers: [Double]

  /// - Parameter numbers: Ascending, at most 254.
  init(_ numbers: [Double]) {
    precondition(numbers.count <= 254, "Learning: \(numbers.count) numbers to search in")
    var size = 1
    while size - 1 < numbers.count { size *= 2 }
    // −0 + 0 is 0: else 0 would lie above −0.
    self.numbers =
      numbers.map { $0 + 0 } + [Double](repeating: .infinity, count: size - 1 - numbers.count)
  }

  /// The ranks of some values, written through `write`.
  ///
  /// - Parameters:
  ///   - values: Any numbers.
  ///   - rows: Indices of `values`.
  ///   - write: Given the place in `rows` and the rank, 0 … 255.
  @inline(__always)
  func forEachRank(
    _ values: Span<Double>, rows: Span<Int>, _ write: (_ index: Int, _ rank: UInt8) -> Void
  ) {
    let numbers = numbers.span
    var index = 0
    // Four at a time: each step waits for the one before, but not for that of another search.
    while index &+ 4 <= rows.count {
      let x = SIMD4(
        values[rows[index]], values[rows[index &+ 1]], values[rows[index &+ 2]],
        values[rows[index &+ 3]])
      var below = SIMD4<Int>.zero
      var step = (numbers.count &+ 1) &>> 1
      while step > 0 {
        for lane in 0..<4 {
          let sign = Int((numbers[below[lane] &+ step &- 1] - x[lane]).bitPattern &>> 63)
          below[lane] &+= step & (0 &- sign)
        }
        step &>>= 1
      }
      for lane in 0..<4 {
        let rank = x[lane].isNaN ? 0 : UInt8(truncatingIfNeeded: below[lane] &+ 1)
        write(index &+ lane, rank)
      }
      index &+= 4
    }
    while index < rows.count {
      write(index, Self.rank(values[rows[index]], numbers))
      index &+= 1
    }
  }

  /// The rank of one value.
  func rank(_ x: Double) -> UInt8 { Self.rank(x, numbers.span) }

  @inline(__always)
  private static func rank(_ x: Double, _ numbers: Span<Double>) -> UInt8 {
    var below = 0
    var step = (numbers.count &+ 1) &>> 1
    while step > 0 {
      // The sign of the difference, because the compiler would make a branch of a comparison.
      let sign = Int64(bitPattern: (numbers[below &+ step &- 1] - x).bitPattern) &>> 63
      below &+= step & Int(truncatingIfNeeded: sign)
      step &>>= 1
    }
    return x.isNaN ? 0 : UInt8(truncatingIfNeeded: below &+ 1)
  }
}
