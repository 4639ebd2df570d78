internal import CPrefetch

extension HistogramBuilder {
  /// Rows between the one whose bins are asked for and the one that is added.
  private static let lookAhead = 64

  /// Adds the gradient words of consecutive rows to the counters of their eight bins.
  ///
  /// - Parameters:
  ///   - range: At most 4,096 places in `gradients`, which are rows of the column as well.
  ///   - column: A word of eight bins per row.
  ///   - stride: Words from one row to the next.
  ///   - gradients: A word per place.
  ///   - counters: 8 × 256, added to.
  @unsafe static func add(
    _ range: Range<Int>, column: UnsafePointer<UInt64>, stride: Int,
    gradients: UnsafePointer<UInt64>,
    counters: UnsafeMutablePointer<UInt64>
  ) {
    // SAFETY: every index is one byte and the number of one of eight features: below 8 × 256.
    var index = range.lowerBound
    while index < range.upperBound {
      unsafe add(gradients[index], to: counters, bins: column[index &* stride])
      index &+= 1
    }
  }

  /// Adds the gradient words of the given rows to the counters of their eight bins.
  @unsafe static func add(
    _ range: Range<Int>, rows: UnsafePointer<UInt32>, column: UnsafePointer<UInt64>,
    stride: Int, gradients: UnsafePointer<UInt64>, counters: UnsafeMutablePointer<UInt64>
  ) {
    // SAFETY: as above; the rows are rows of the column.
    var index = range.lowerBound
    let ahead = range.upperBound &- lookAhead
    while index < ahead {
      unsafe prefetch(column + Int(rows[index &+ lookAhead]) &* stride)
      unsafe add(gradients[index], to: counters, bins: column[Int(rows[index]) &* stride])
      index &+= 1
    }
    while index < range.upperBound {
      unsafe add(gradients[index], to: counters, bins: column[Int(rows[index]) &* stride])
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
    // SAFETY: both are at least `count` long; a sum is two words of 64 bits, Σg first.
    var bin = 0
    while bin &+ 2 <= count {
      let source = unsafe UnsafeMutableRawPointer(counters + bin)
      let words = unsafe source.loadUnaligned(as: SIMD2<UInt64>.self)
      unsafe source.storeBytes(of: .zero, as: SIMD2<UInt64>.self)
      let g = SIMD2<Int64>(truncatingIfNeeded: words) &>> 37
      let rest = (words & LossGradients.countMask) &+ (words & LossGradients.hessianMask) &<< 11
      let place = unsafe UnsafeMutableRawPointer(target + bin)
      var first = SIMD2<UInt64>(UInt64(bitPattern: g[0]), rest[0])
      var second = SIMD2<UInt64>(UInt64(bitPattern: g[1]), rest[1])
      if !isFirst {
        first &+= unsafe place.loadUnaligned(as: SIMD2<UInt64>.self)
        second &+= unsafe place.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
      }
      unsafe place.storeBytes(of: first, as: SIMD2<UInt64>.self)
      unsafe place.storeBytes(of: second, toByteOffset: 16, as: SIMD2<UInt64>.self)
      bin &+= 2
    }
    if bin < count {
      let sum = unsafe GradientSums(word: counters[bin])
      unsafe target[bin] = isFirst ? sum : target[bin] + sum
      unsafe counters[bin] = 0
    }
  }
}
