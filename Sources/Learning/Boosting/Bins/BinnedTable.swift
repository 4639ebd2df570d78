internal import ForkJoin

/// The bins of all features: the only copy of the table that training reads, one byte per cell.
///
///     tile  = [ row 0: word word | row 1: word word | … ]      sixteen features of all rows
///     word  =   f₇ f₆ f₅ f₄ f₃ f₂ f₁ f₀                        eight features of one row, f₀ lowest
///
/// Eight features share a word because their eight histograms (16 KB) fit the first-level cache, and
/// because a row then costs one load. Two words share a tile: with more, a split, which reads one
/// feature, would have to fetch most of the table; with fewer, the histogram of a sparse leaf would use
/// too little of each cache line that it fetches.
struct BinnedTable: Sendable {
  /// Features per word.
  static let wordFeatures = 8

  /// Words of a row in a tile; the last tile may have fewer.
  static let tileWords = 2

  /// Rows, < 2²⁴.
  let rowCount: Int

  /// One per feature.
  let mappers: [BinMapper]

  /// Per tile (rowCount, words of the tile).
  private(set) var tiles: [[UInt64]]

  /// Number of words in a row of a tile.
  func wordCount(ofTile tile: Int) -> Int {
    let words = (mappers.count + Self.wordFeatures - 1) / Self.wordFeatures
    return min(Self.tileWords, words - tile * Self.tileWords)
  }

  /// The features of one tile.
  func features(ofTile tile: Int) -> Range<Int> {
    let count = Self.wordFeatures * Self.tileWords
    return tile * count..<min((tile + 1) * count, mappers.count)
  }

  /// Where the bin of a feature is.
  func place(ofFeature feature: Int) -> (tile: Int, word: Int, shift: UInt64) {
    let word = feature / Self.wordFeatures
    return (
      word / Self.tileWords, word % Self.tileWords, UInt64(feature % Self.wordFeatures * 8)
    )
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
    let tileFeatures = Self.wordFeatures * Self.tileWords
    tiles = []
    for tile in 0..<(mappers.count + tileFeatures - 1) / tileFeatures {
      let members = self.features(ofTile: tile)
      let wordCount = wordCount(ofTile: tile)
      var words = [UInt64](repeating: 0, count: wordCount * rows.count)
      let chunkRows = 8192
      withConcurrentChunks(of: &words, stride: chunkRows * wordCount) { chunk, slice in
        let first = chunk * chunkRows
        let part = rows.span.extracting(first..<first + slice.count / wordCount)
        for feature in members {
          let place = feature - members.lowerBound
          features[feature].addBins(
            rows: part, mapper: mappers[feature],
            shift: UInt64(place % Self.wordFeatures * 8), to: &slice,
            at: place / Self.wordFeatures, stride: wordCount)
        }
      }
      tiles.append(words)
    }
  }

  /// The bin of one cell.
  func bin(row: Int, feature: Int) -> UInt8 {
    let (tile, word, shift) = place(ofFeature: feature)
    return UInt8(truncatingIfNeeded: tiles[tile][row * wordCount(ofTile: tile) + word] >> shift)
  }
}
