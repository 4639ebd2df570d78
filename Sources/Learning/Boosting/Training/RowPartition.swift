internal import ForkJoin

// The rows of a tree, those of a leaf next to each other, ascending within the leaf.
//
//     before   [ … | 3 5 6 8 9 12 | … ]        a leaf is a range
//     after    [ … | 3 6 9 | 5 8 12 | … ]      its children are the two parts of it
//
// A chunk of the range writes its left rows forward and its right rows backward into its part of the
// scratch memory, without a branch on the outcome; then all chunks copy to where they belong. Limit:
// the cache line that holds the row's bin, one per row in a sparse leaf.

/// Rows grouped by leaf.
@safe final class RowPartition: @unchecked Sendable {
  // SAFETY: the pointers are made in `init`, freed in `deinit` and never moved; concurrent chunks write
  // disjoint parts of them.
  private let rows: UnsafeMutablePointer<UInt32>
  private let scratch: UnsafeMutablePointer<UInt32>
  private let capacity: Int

  /// How many rows there are.
  private(set) var count = 0

  /// Whether the rows still are all in order, from 0.
  private(set) var isUntouched = false

  private static let chunkRows = 16_384

  /// Room for `capacity` rows.
  init(capacity: Int) {
    self.capacity = capacity
    unsafe rows = .allocate(capacity: max(1, capacity))
    unsafe scratch = .allocate(capacity: max(1, capacity))
    unsafe rows.initialize(repeating: 0, count: max(1, capacity))
    unsafe scratch.initialize(repeating: 0, count: max(1, capacity))
  }

  deinit {
    // SAFETY: nobody else has them.
    unsafe rows.deallocate()
    unsafe scratch.deallocate()
  }

  /// Starts a tree with the rows of `range` for which `isMember` holds, in ascending order.
  func reset(_ range: Range<Int>, where isMember: (Int) -> Bool) {
    precondition(range.count <= capacity, "Learning: no room for \(range.count) rows")
    var filled = 0
    for row in range {
      // SAFETY: filled ≤ rows seen < capacity.
      unsafe rows[filled] = UInt32(truncatingIfNeeded: row)
      filled &+= isMember(row) ? 1 : 0
    }
    count = filled
    isUntouched = range.lowerBound == 0 && filled == range.count
  }

  /// Adds rows behind those there are.
  func append(_ range: Range<Int>) {
    precondition(count + range.count <= capacity, "Learning: no room for \(range.count) rows")
    for row in range {
      // SAFETY: checked above.
      unsafe rows[count] = UInt32(truncatingIfNeeded: row)
      count += 1
    }
    isUntouched = false
  }

  /// Calls `body` with the rows of a range.
  @unsafe func withRows<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // SAFETY: checked above.
    return unsafe body(UnsafeBufferPointer(start: rows + range.lowerBound, count: range.count))
  }

  /// Splits the rows of a leaf by the bin of one feature.
  ///
  /// - Parameters:
  ///   - range: The leaf.
  ///   - table: Of the bins.
  ///   - feature: Whose bin decides.
  ///   - goesLeft: 256 entries, 1 for a bin that goes left, else 0.
  /// - Returns: How many went left; the order within both sides is kept.
  func split(_ range: Range<Int>, table: BinnedTable, feature: Int, goesLeft: [Int]) -> Int {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count && goesLeft.count == 256
        && feature >= 0 && feature < table.mappers.count, "Learning: no leaf \(range)")
    isUntouched = false
    let (tile, word, shift) = table.place(ofFeature: feature)
    let stride = table.wordCount(ofTile: tile)
    let chunkCount = (range.count + Self.chunkRows - 1) / Self.chunkRows
    @Sendable func chunkRange(_ chunk: Int) -> Range<Int> {
      let first = range.lowerBound + chunk * Self.chunkRows
      return first..<min(first + Self.chunkRows, range.upperBound)
    }
    return unsafe table.tiles[tile].withUnsafeBufferPointer { words in
      unsafe goesLeft.withUnsafeBufferPointer { goesLeft in
        // SAFETY: rows of the table, < rowCount; the pointers live as long as this call, and chunks
        // write disjoint ranges.
        nonisolated(unsafe) let column = unsafe words.baseAddress.unsafelyUnwrapped + word
        nonisolated(unsafe) let goesLeft = unsafe goesLeft.baseAddress.unsafelyUnwrapped
        let leftCounts = concurrentMap(count: chunkCount) { chunk in
          unsafe Self.divide(
            chunkRange(chunk), rows: rows, scratch: scratch, column: column, stride: stride,
            shift: shift, goesLeft: goesLeft)
        }
        let leftTotal = leftCounts.reduce(0, +)
        var lefts = [range.lowerBound]
        var rights = [range.lowerBound + leftTotal]
        for (chunk, left) in leftCounts.enumerated() {
          lefts.append(lefts[chunk] + left)
          rights.append(rights[chunk] + chunkRange(chunk).count - left)
        }
        let (leftStarts, rightStarts) = (lefts, rights)
        withConcurrentChunks(count: chunkCount) { chunk in
          let part = chunkRange(chunk)
          let leftCount = leftCounts[chunk]
          let source = unsafe scratch + part.lowerBound
          let left = unsafe rows + leftStarts[chunk]
          unsafe left.update(from: source, count: leftCount)
          let right = unsafe rows + rightStarts[chunk]
          for index in 0..<part.count - leftCount {
            unsafe right[index] = source[part.count - 1 - index]
          }
        }
        return leftTotal
      }
    }
  }

  @unsafe private static func divide(
    _ range: Range<Int>, rows: UnsafeMutablePointer<UInt32>,
    scratch: UnsafeMutablePointer<UInt32>, column: UnsafePointer<UInt64>, stride: Int,
    shift: UInt64, goesLeft: UnsafePointer<Int>
  ) -> Int {
    var left = range.lowerBound
    var right = range.upperBound &- 1
    var index = range.lowerBound
    // SAFETY: left ≤ right + 1 in every step, both within the range; what is written where it does not
    // belong is overwritten by the next row that does.
    while index < range.upperBound {
      let row = unsafe rows[index]
      let word = unsafe column[Int(row) &* stride]
      let step = unsafe goesLeft[Int(word &>> shift & 255)]
      unsafe scratch[left] = row
      unsafe scratch[right] = row
      left &+= step
      right &-= 1 &- step
      index &+= 1
    }
    return left &- range.lowerBound
  }
}
