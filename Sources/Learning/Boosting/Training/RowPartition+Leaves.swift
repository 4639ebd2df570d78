internal import ForkJoin

extension RowPartition {
  private static let sumRows = 8192

  /// Unrounded Σg and Σh of leaves, added up in an order that the leaf alone decides.
  ///
  /// - Parameters:
  ///   - ranges: One per leaf.
  ///   - gradients: One per training row, which all rows are.
  /// - Returns: (Σg, Σh) per leaf.
  func gradientSums(_ ranges: [Range<Int>], gradients: [Float]) -> [SIMD2<Double>] {
    var pieces: [(leaf: Int, range: Range<Int>)] = []
    for (leaf, range) in ranges.enumerated() {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.sumRows) {
        pieces.append((leaf, start..<min(start + Self.sumRows, range.upperBound)))
      }
    }
    let parts = pieces
    let partSums = concurrentMap(count: parts.count) { part in
      let span = gradients.span
      var sum = SIMD2<Double>()
      // SAFETY: the rows are read by checked subscripts.
      unsafe withRows(parts[part].range) { rows in
        for index in rows.indices {
          let g = unsafe span[Int(rows[index])]
          sum += SIMD2(Double(g), Double(LossGradients.hessian(g)))
        }
      }
      return sum
    }
    var sums = [SIMD2<Double>](repeating: .zero, count: ranges.count)
    for (part, sum) in zip(parts, partSums) { sums[part.leaf] += sum }
    return sums
  }

  /// Adds the value of its leaf to the number of every row.
  ///
  /// - Parameters:
  ///   - values: One per leaf.
  ///   - ranges: One per leaf, disjoint.
  ///   - numbers: Indexed by row.
  func add(_ values: [Double], ranges: [Range<Int>], to numbers: inout [Double]) {
    let count = numbers.count
    unsafe numbers.withUnsafeMutableBufferPointer { buffer in
      // SAFETY: a row lies in one leaf only, so no two tasks write the same number.
      nonisolated(unsafe) let buffer = unsafe buffer
      withConcurrentChunks(count: ranges.count) { leaf in
        unsafe withRows(ranges[leaf]) { rows in
          let value = values[leaf]
          for index in rows.indices {
            let row = unsafe Int(rows[index])
            precondition(row < count)
            unsafe buffer[row] += value
          }
        }
      }
    }
  }
}
