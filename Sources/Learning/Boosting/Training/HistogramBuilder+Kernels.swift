internal import CPrefetch

extension HistogramBuilder {
  /// Rows between the one whose bins are asked for and the one that is added.
  private static let lookAhead = 64

  /// Adds the gradient words of consecutive rows to the counters of their eight bins.
  ///
  /// - Parameters:
  ///   - range: At most 4,096 places in `gradients`, which are rows of the column as well.
  ///   - column: A word of eight bins per row.
  ///   - gradients: A word per place.
  ///   - counters: 8 × 256, added to.
  @unsafe static func add(
    _ range: Range<Int>, column: UnsafePointer<UInt64>, gradients: UnsafePointer<UInt64>,
    counters: UnsafeMutablePointer<UInt64>
  ) {
    // SAFETY: every index is one byte and the number of one of eight features: below 8 × 256.
    var index = range.lowerBound
    while index < range.upperBound {
      unsafe add(gradients[index], to: counters, bins: column[index])
      index &+= 1
    }
  }

  /// Adds the gradient words of the given rows to the counters of their eight bins.
  @unsafe static func add(
    _ range: Range<Int>, rows: UnsafePointer<UInt32>, column: UnsafePointer<UInt64>,
    gradients: UnsafePointer<UInt64>, counters: UnsafeMutablePointer<UInt64>
  ) {
    // SAFETY: as above; the rows are rows of the column.
    var index = range.lowerBound
    let ahead = range.upperBound &- lookAhead
    while index < ahead {
      unsafe prefetch(column + Int(rows[index &+ lookAhead]))
      unsafe add(gradients[index], to: counters, bins: column[Int(rows[index])])
      index &+= 1
    }
    while index < range.upperBound {
      unsafe add(gradients[index], to: counters, bins: column[Int(rows[index])])
      index &+= 1
    }
  }

  @unsafe @inline(__always)
  private static func add(
    _ gradient: UInt64, to counters: UnsafeMutablePointer<UInt64>, bins: UInt64
  ) {
    unsafe counters[Int(bins & 255)] &+= gradient
    unsafe counters[256 &+ Int(bins &>> 8 & 255)] &+= gradient
    unsafe counters[512 &+ Int(bins &>> 16 & 255)] &+= gradient
    unsafe counters[768 &+ Int(bins &>> 24 & 255)] &+= gradient
    unsafe counters[1024 &+ Int(bins &>> 32 & 255)] &+= gradient
    unsafe counters[1280 &+ Int(bins &>> 40 & 255)] &+= gradient
    unsafe counters[1536 &+ Int(bins &>> 48 & 255)] &+= gradient
    unsafe counters[1792 &+ Int(bins &>> 56)] &+= gradient
  }

  /// Moves counters into wide sums, and clears them.
  ///
  /// - Parameters:
  ///   - counters: `count` of them.
  ///   - target: `count` sums, overwritten when `isFirst`, else added to.
  ///   - count: Bins of the feature.
  ///   - isFirst: Whether this is the leaf's first batch.
  @unsafe static func unpack(
    _ counters: UnsafeMutablePointer<UInt64>, into target: UnsafeMutablePointer<GradientSums>,
    count: Int, isFirst: Bool
  ) {
    // SAFETY: both are at least `count` long.
    if isFirst {
      for bin in 0..<count {
        unsafe target[bin] = GradientSums(word: counters[bin])
        unsafe counters[bin] = 0
      }
    } else {
      for bin in 0..<count {
        unsafe target[bin] += GradientSums(word: counters[bin])
        unsafe counters[bin] = 0
      }
    }
  }
}
