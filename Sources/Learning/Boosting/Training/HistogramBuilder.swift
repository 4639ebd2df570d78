internal import ForkJoin

// The histograms of all features for the rows of a leaf: where training spends most of its time.
//
//     histogram[f][b] = Σ over the rows i of the leaf with bin b of feature f of (gᵢ, hᵢ, 1)
//
// Per block of eight features and batch of 4,096 rows: one load of a word of eight bins, one of the
// row's gradient word, eight additions to counters of 16 KB that stay in the first-level cache. Then the
// batch's counters are unpacked into the wide sums and cleared.
//
// Limit: eight additions to memory per word, one per cycle: 8 cycles per row and block.

/// Builds and holds the histograms of the leaves of one tree.
@safe final class HistogramBuilder: @unchecked Sendable {
  // SAFETY: the pointers are made in `init`, freed in `deinit` and never moved. Concurrent calls write
  // disjoint parts: `accumulate` and `subtract` those of their block, `gather` of its chunk.
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
    let counterCount = max(1, table.blockCount) * Self.counterCount
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
          for index in chunk * Self.chunkRows..<end {
            unsafe ordered[index] = words[Int(rows[index])]
          }
        }
      }
    }
  }

  /// Fills one block of a slot with the histograms of the rows that were gathered.
  func accumulate(block: Int, rows: RowPartition, range: Range<Int>, slot: Int) {
    check(block: block, slot: slot)
    precondition(range.count <= table.rowCount)
    let features = table.features(ofBlock: block)
    let stride = offsets[offsets.count - 1]
    unsafe table.words.withUnsafeBufferPointer { words in
      unsafe rows.withRows(range) { members in
        // SAFETY: the block's words are `rowCount` long, rows are < rowCount, bytes < 256; the counters
        // of a block are used by its task alone and are zero between calls.
        let column = unsafe words.baseAddress.unsafelyUnwrapped + block * table.rowCount
        let mine = unsafe counters + block * Self.counterCount
        for start in Swift.stride(from: 0, to: members.count, by: LossGradients.batchRows) {
          let end = min(start + LossGradients.batchRows, members.count)
          if rows.isUntouched {
            unsafe Self.add(start..<end, column: column, gradients: ordered, counters: mine)
          } else {
            unsafe Self.add(
              start..<end, rows: members.baseAddress.unsafelyUnwrapped, column: column,
              gradients: ordered, counters: mine)
          }
          for feature in features {
            let target = unsafe sums + slot * stride + offsets[feature]
            let source = unsafe mine + (feature - features.lowerBound) * 256
            unsafe Self.unpack(
              source, into: target, count: table.mappers[feature].binCount, isFirst: start == 0)
          }
        }
      }
    }
  }

  /// Takes one block of `slot` from that of `other`: larger child = parent − smaller child.
  func subtract(block: Int, slot: Int, from other: Int) {
    check(block: block, slot: slot)
    check(block: block, slot: other)
    let features = table.features(ofBlock: block)
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

  private func check(block: Int, slot: Int) {
    precondition(
      block >= 0 && block < table.blockCount && slot >= 0 && slot < slotCount,
      "Learning: no block \(block) or slot \(slot) in a histogram")
  }
}
