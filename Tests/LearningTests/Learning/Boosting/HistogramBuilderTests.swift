import Testing

@testable import Learning

struct HistogramBuilderTests {
  /// All histograms of one slot.
  func read(_ builder: HistogramBuilder, _ table: BinnedTable, slot: Int) -> [[GradientSums]] {
    table.mappers.indices.map { feature in
      builder.withBins(feature: feature, slot: slot) { bins in bins.indices.map { bins[$0] } }
    }
  }

  @Test(arguments: [1, 2, 100, 5000, 9000])
  func `adds up what a loop over rows adds up`(rowCount: Int) {
    let (table, gradients) = BoostingSample.table(rows: rowCount, seed: UInt64(rowCount))
    let words = gradients.map { LossGradients.word($0) }
    let builder = HistogramBuilder(table: table, slotCount: 2)
    for every in [1, 2, 7] {
      let rows = RowPartition(capacity: rowCount)
      rows.reset(0..<rowCount) { $0 % every == 0 }
      let members = (0..<rowCount).filter { $0 % every == 0 }
      // Twice, because the counters must be clean again.
      for slot in [0, 1] {
        builder.gather(words, rows: rows, range: 0..<rows.count)
        for tile in 0..<table.tiles.count {
          builder.accumulate(tile: tile, rows: rows, range: 0..<rows.count, slot: slot)
        }
        let expected = table.mappers.indices.map {
          BoostingSample.naiveHistogram(table, words, rows: members, feature: $0)
        }
        #expect(read(builder, table, slot: slot) == expected)
      }
    }
  }

  @Test func `parent less one child is the other child`() {
    let (table, gradients) = BoostingSample.table(rows: 3000, seed: 5)
    let words = gradients.map { LossGradients.word($0) }
    let builder = HistogramBuilder(table: table, slotCount: 2)
    let rows = RowPartition(capacity: 3000)
    rows.reset(0..<3000) { _ in true }
    func fill(_ range: Range<Int>, slot: Int) {
      builder.gather(words, rows: rows, range: range)
      for tile in 0..<table.tiles.count {
        builder.accumulate(tile: tile, rows: rows, range: range, slot: slot)
      }
    }
    fill(0..<3000, slot: 0)
    let goesLeft = (0..<256).map { $0 % 3 == 0 ? 1 : 0 }
    let middle = rows.split(0..<3000, table: table, feature: 0, goesLeft: goesLeft)
    fill(0..<middle, slot: 1)
    for tile in 0..<table.tiles.count { builder.subtract(tile: tile, slot: 1, from: 0) }
    let bySubtraction = read(builder, table, slot: 0)
    fill(middle..<3000, slot: 0)
    #expect(read(builder, table, slot: 0) == bySubtraction)
  }
}

struct RowPartitionTests {
  @Test(arguments: [0, 1, 2, 1000, 40_000]) func `keeps the order on both sides`(rowCount: Int) {
    let (table, _) = BoostingSample.table(rows: rowCount, seed: 9)
    let rows = RowPartition(capacity: rowCount)
    rows.reset(0..<rowCount) { $0 % 5 != 0 }
    let members = (0..<rowCount).filter { $0 % 5 != 0 }
    for feature in [0, 1, 2, 5] {
      rows.reset(0..<rowCount) { $0 % 5 != 0 }
      let isLeft = { (row: Int) in Int(table.bin(row: row, feature: feature)) % 2 == 0 }
      let count = rows.split(
        0..<rows.count, table: table, feature: feature,
        goesLeft: (0..<256).map { $0 % 2 == 0 ? 1 : 0 })
      let after = unsafe rows.withRows(0..<rows.count) { unsafe $0.map(Int.init) }
      #expect(count == members.count { isLeft($0) })
      #expect(after == members.filter(isLeft) + members.filter { !isLeft($0) })
    }
  }

  @Test func `leaf sums and leaf values reach every row once`() {
    let rows = RowPartition(capacity: 20_000)
    rows.reset(0..<20_000) { $0 % 2 == 0 }
    let gradients = (0..<20_000).map { Float($0 % 7) / 8 }
    let ranges = [0..<9000, 9000..<10_000]
    let sums = rows.gradientSums(ranges, gradients: gradients)
    let expected = stride(from: 0, to: 18_000, by: 2).reduce(0) { $0 + Double(gradients[$1]) }
    #expect(abs(sums[0].x - expected) < 1e-9)
    var numbers = [Double](repeating: 1, count: 20_000)
    rows.add([2, 3], ranges: ranges, to: &numbers)
    for (row, number) in numbers.enumerated() {
      let added: Double = row < 18_000 ? 2 : 3
      #expect(number == (row % 2 == 1 ? 1 : 1 + added))
    }
  }
}
