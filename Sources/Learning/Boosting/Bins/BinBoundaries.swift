/// Where the bins of a numeric feature end.
///
///     values    1 1 1 1 2 3 3 5 8 9        bins of about equal count, never through equal values
///     ends           1.5     4             halfway to the next value
///
/// A value that fills a bin alone gets one, so that spikes (0, a default, a cap) stay apart.
enum BinBoundaries {
  /// More rows than this are sampled: a bin of 255 has then about 250 rows, known to 6 %.
  static let sampleSize = 65_536

  /// The ends of all bins but the last, ascending.
  ///
  /// - Parameters:
  ///   - count: Number of rows.
  ///   - maximumBins: ≥ 1.
  ///   - seed: Decides which rows are read when there are many.
  ///   - value: The number of a row, NaN when missing.
  /// - Returns: At most maximumBins − 1 different numbers, each ≥ the last value of its bin and less
  ///   than the first of the next.
  static func find(
    count: Int, maximumBins: Int, seed: UInt64, value: (Int) -> Double
  ) -> [Double] {
    var sample: [Double] = []
    if count <= sampleSize {
      sample = (0..<count).map { value($0) }
    } else {
      // One row of each of as many equal parts, drawn so that no period of the table is hit.
      var generator = SplitMix64(seed: seed)
      let step = Double(count) / Double(sampleSize)
      sample.reserveCapacity(sampleSize)
      for part in 0..<sampleSize {
        let row = Int((Double(part) + generator.nextUnit()) * step)
        sample.append(value(min(row, count - 1)))
      }
    }
    sample.removeAll { $0.isNaN }
    return find(sorted: RadixSort.sorted(sample), maximumBins: maximumBins)
  }

  /// The ends of all bins but the last for numbers in ascending order.
  static func find(sorted: [Double], maximumBins: Int) -> [Double] {
    var distinct: [(value: Double, count: Int)] = []
    for value in sorted {
      if let last = distinct.indices.last, distinct[last].value == value {
        distinct[last].count += 1
      } else {
        distinct.append((value, 1))
      }
    }
    guard distinct.count > maximumBins else {
      return zip(distinct, distinct.dropFirst()).map { between($0.value, $1.value) }
    }
    var ends: [Double] = []
    var left = sorted.count
    var filled = 0
    for index in distinct.indices.dropLast() where ends.count < maximumBins - 1 {
      filled += distinct[index].count
      let size = Double(left) / Double(maximumBins - ends.count)
      // As many values are left as bins: each gets one.
      let isScarce = distinct.count - index <= maximumBins - ends.count
      if Double(filled) >= size || Double(distinct[index + 1].count) >= size || isScarce {
        ends.append(between(distinct[index].value, distinct[index + 1].value))
        left -= filled
        filled = 0
      }
    }
    return ends
  }

  /// A number in [a, b), halfway if there is one.
  private static func between(_ a: Double, _ b: Double) -> Double {
    let middle = a / 2 + b / 2
    return middle >= a && middle < b ? middle : a
  }
}
