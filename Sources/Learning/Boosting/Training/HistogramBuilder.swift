internal import ForkJoin

// The histograms of all features for the rows of a leaf: where training spends most of its time.
//
//     histogram[f][b] = Σ over the rows i of the leaf with bin b of feature f of (gᵢ, hᵢ, 1)
//
// Per word of eight features and batch of 4,096 rows: one load of a word of eight bins, one of the
// row's gradient word, eight additions to counters of 16 KB that stay in the first-level cache. Then the
// batch's counters are unpacked into the wide sums and cleared.
//
// Limit: eight additions to memory per word, one per cycle: 8 cycles per row and word.

/// Builds and holds the histograms of the leaves of one tree.
@safe final class HistogramBuilder: @unchecked Sendable {
  // SAFETY: the pointers are made in `init`, freed in `deinit` and never moved. Concurrent calls write
  // disjoint parts: `accumulate` and `subtract` those of their tile, `gather` of its chunk.
  private let table: BinnedTable
  private let sums: UnsafeMutablePointer<GradientSums>
  private let counters: UnsafeMutablePointer<UInt64>
  private let ordered: UnsafeMutablePointer<UInt64>
  private let sumCount: Int

  /// First sum of each feature in a slot, and behind the last its length.
  let offsets: [Int]

  /// How many histograms can be held.
  let slotCount: Int

  private static let counterCount = BinnedTable.wordFeatures * 256
  private static let chunkRows = 16_384

  /// Room for `slotCount` histograms of a table.
  init(table: BinnedTable, slotCount: Int) {
    self.table = table
    self.slotCount = slotCount
    var offsets = [0]
    for mapper in table.mappers { offsets.append(offsets[offsets.count - 1] + mapper.binCount) }
    self.offsets = offsets
    sumCount = slotCount * offsets[offsets.count - 1]
    unsafe sums = .allocate(capacity: max(1, sumCount))
    unsafe sums.initialize(repeating: .zero, count: max(1, sumCount))
    let counterCount = max(1, table.tiles.count) * BinnedTable.tileWords * Self.counterCount
    unsafe counters = .allocate(capacity: counterCount)
    unsafe counters.initialize(repeating: 0, count: counterCount)
    unsafe ordered = .allocate(capacity: max(1, table.rowCount))
    unsafe ordered.initialize(repeating: 0, count: max(1, table.rowCount))
  }

  deinit {
    // SAFETY: nobody else has them.
    unsafe sums.deallocate()
    unsafe counters.deallocate()
    unsafe ordered.deallocate()
  }

  /// Brings the gradient words of the rows of a leaf into their order there; before `accumulate`.
  func gather(_ words: [UInt64], rows: RowPartition, range: Range<Int>) {
    precondition(words.count <= table.rowCount && range.count <= words.count)
    let chunkCount = (range.count + Self.chunkRows - 1) / Self.chunkRows
    unsafe words.withUnsafeBufferPointer { words in
      nonisolated(unsafe) let words = unsafe words
      unsafe rows.withRows(range) { rows in
        nonisolated(unsafe) let rows = unsafe rows
        withConcurrentChunks(count: chunkCount) { chunk in
          let end = unsafe min((chunk + 1) * Self.chunkRows, rows.count)
          // SAFETY: `rows` holds numbers of training rows, each < words.count.
          var index = chunk * Self.chunkRows
          while index < end {
            unsafe ordered[index] = words[Int(rows[index])]
            index &+= 1
          }
        }
      }
    }
  }

  /// Fills one tile of a slot with the histograms of the rows that were gathered.
  func accumulate(tile: Int, rows: RowPartition, range: Range<Int>, slot: Int) {
    check(tile: tile, slot: slot)
    precondition(range.count <= table.rowCount)
    let wordCount = table.wordCount(ofTile: tile)
    unsafe table.tiles[tile].withUnsafeBufferPointer { words in
      unsafe rows.withRows(range) { members in
        guard let words = words.baseAddress, let rowNumbers = members.baseAddress
        else { return }
        // A batch's words of the tile's first block bring those of the second into the cache.
        for start in stride(from: 0, to: members.count, by: LossGradients.batchRows) {
          let batch = start..<min(start + LossGradients.batchRows, members.count)
          for word in 0..<wordCount {
            // SAFETY: the tile has wordCount words for each row, rows are < rowCount; the counters of
            // a word are used by its tile's task alone and are zero between calls.
            let counters =
              unsafe counters + (tile * BinnedTable.tileWords + word) * Self.counterCount
            if rows.isUntouched {
              unsafe Self.add(
                batch, column: words + word, stride: wordCount, gradients: ordered,
                counters: counters)
            } else {
              unsafe Self.add(
                batch, rows: rowNumbers, column: words + word, stride: wordCount,
                gradients: ordered, counters: counters)
            }
            unsafe unpack(counters, tile: tile, word: word, slot: slot, isFirst: start == 0)
          }
        }
      }
    }
  }

  /// Moves the counters of the features of one word into a slot.
  @unsafe private func unpack(
    _ counters: UnsafeMutablePointer<UInt64>, tile: Int, word: Int, slot: Int, isFirst: Bool
  ) {
    let all = table.features(ofTile: tile)
    let first = all.lowerBound + word * BinnedTable.wordFeatures
    for feature in first..<min(first + BinnedTable.wordFeatures, all.upperBound) {
      // SAFETY: the feature's sums lie within the slot; each has 256 counters.
      let target = unsafe sums + slot * offsets[offsets.count - 1] + offsets[feature]
      unsafe Self.unpack(
        counters + (feature - first) * 256, into: target,
        count: offsets[feature + 1] - offsets[feature], isFirst: isFirst)
    }
  }

  /// Takes one tile of `slot` from that of `other`: larger child = parent − smaller child.
  func subtract(tile: Int, slot: Int, from other: Int) {
    check(tile: tile, slot: slot)
    check(tile: tile, slot: other)
    let features = table.features(ofTile: tile)
    let stride = offsets[offsets.count - 1]
    // SAFETY: both lie within the slots, checked above.
    for index in offsets[features.lowerBound]..<offsets[features.upperBound] {
      unsafe sums[other * stride + index] -= sums[slot * stride + index]
    }
  }

  /// Calls `body` with the sums of the bins of one feature.
  func withBins<Result>(
    feature: Int, slot: Int, _ body: (Span<GradientSums>) -> Result
  ) -> Result {
    precondition(slot >= 0 && slot < slotCount && feature >= 0 && feature < offsets.count - 1)
    let start = slot * offsets[offsets.count - 1] + offsets[feature]
    let count = offsets[feature + 1] - offsets[feature]
    // SAFETY: the range lies within the slot, checked above.
    let bins = unsafe UnsafeBufferPointer(start: sums + start, count: count)
    return unsafe body(bins.span)
  }

  /// The sums over a whole leaf: those of all bins of any one feature.
  func total(feature: Int, slot: Int) -> GradientSums {
    withBins(feature: feature, slot: slot) { bins in
      var sum = GradientSums.zero
      for bin in bins.indices { sum += bins[bin] }
      return sum
    }
  }

  private func check(tile: Int, slot: Int) {
    precondition(
      tile >= 0 && tile < table.tiles.count && slot >= 0 && slot < slotCount,
      "Learning: no tile \(tile) or slot \(slot) in a histogram")
  }
}
