internal import ForkJoin

/// The bins of all features: the only copy of the table that training reads, one byte per cell.
///
///     words = [ block 0: row 0, row 1, … | block 1: row 0, … | … ]
///     word  =   f₇ f₆ f₅ f₄ f₃ f₂ f₁ f₀                        eight features of one row, f₀ lowest
///
/// Eight features share a word because their eight histograms (16 KB) fit the first-level cache, and
/// because a row then costs one load. Block after block, so that one feature of all rows, which a split
/// reads, lies in an eighth of a table's memory and not in all of it.
struct BinnedTable: Sendable {
  /// Features per word.
  static let wordFeatures = 8

  /// Rows, < 2²⁴.
  let rowCount: Int

  /// One per feature.
  let mappers: [BinMapper]

  /// (blockCount, rowCount).
  private(set) var words: [UInt64]

  /// ⌈features / 8⌉.
  var blockCount: Int {
    (mappers.count + Self.wordFeatures - 1) / Self.wordFeatures
  }

  /// The features of one block.
  func features(ofBlock block: Int) -> Range<Int> {
    block * Self.wordFeatures..<min((block + 1) * Self.wordFeatures, mappers.count)
  }

  /// Bins some rows of some features.
  ///
  /// - Parameters:
  ///   - features: One per mapper, of the same kind.
  ///   - mappers: One per feature.
  ///   - rows: Numbers of the rows of the features, fewer than 2²⁴.
  init(features: [FeatureColumn], mappers: [BinMapper], rows: [Int]) {
    precondition(
      features.count == mappers.count && rows.count < 1 << 24,
      "Learning: \(features.count) features and \(mappers.count) mappers for \(rows.count) rows")
    rowCount = rows.count
    self.mappers = mappers
    let rowCount = rows.count
    let blockCount = (mappers.count + Self.wordFeatures - 1) / Self.wordFeatures
    words = [UInt64](repeating: 0, count: blockCount * rowCount)
    let stride = 16_384
    withConcurrentChunks(of: &words, stride: stride) { chunk, slice in
      var done = 0
      while done < slice.count {
        let (block, row) = (chunk * stride + done).quotientAndRemainder(dividingBy: rowCount)
        let count = min(slice.count - done, rowCount - row)
        let members =
          block * Self.wordFeatures..<min((block + 1) * Self.wordFeatures, mappers.count)
        for feature in members {
          features[feature].addBins(
            rows: rows.span.extracting(row..<row + count), mapper: mappers[feature],
            shift: UInt64(feature - members.lowerBound) * 8, to: &slice, at: done)
        }
        done += count
      }
    }
  }

  /// The bin of one cell.
  func bin(row: Int, feature: Int) -> UInt8 {
    let word = words[feature / Self.wordFeatures * rowCount + row]
    return UInt8(truncatingIfNeeded: word >> UInt64(feature % Self.wordFeatures * 8))
  }
}
