import Testing

@testable import Learning

struct RadixSortTests {
  @Test(arguments: 1...5) func `sorts like the standard library`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let numbers = (0..<1000).map { index -> Double in
      let unit = generator.nextUnit() - 0.5
      return index % 7 == 0 ? Double(index % 3) : unit * Double(generator.next() % 1_000_000)
    }
    let extremes = [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 0x1p-1074, -0x1p-1074]
    #expect(RadixSort.sorted(numbers + extremes) == (numbers + extremes).sorted())
  }

  @Test func `sorts nothing, and many equal numbers`() {
    #expect(RadixSort.sorted([]) == [])
    let ties = [Double](repeating: 3, count: 1000)
    #expect(RadixSort.sorted(ties + [1]) == [1] + ties)
  }
}

struct BinBoundariesTests {
  @Test func `ends lie halfway between neighbours when every value has a bin`() {
    #expect(BinBoundaries.find(sorted: [1, 1, 2, 4], maximumBins: 255) == [1.5, 3])
    #expect(BinBoundaries.find(sorted: [], maximumBins: 255) == [])
    #expect(BinBoundaries.find(sorted: [7, 7, 7], maximumBins: 255) == [])
  }

  @Test func `a spike gets a bin of its own`() {
    let sorted = [Double](repeating: 0, count: 50) + (1...50).map(Double.init)
    let ends = BinBoundaries.find(sorted: sorted, maximumBins: 6)
    #expect(ends.first == 0.5)
    #expect(ends.count == 5)
  }

  @Test(arguments: [2, 3, 10, 255]) func `bins are about equal`(bins: Int) {
    var generator = SplitMix64(seed: 4)
    let sorted = (0..<20_000).map { _ in generator.nextUnit() }.sorted()
    let ends = BinBoundaries.find(sorted: sorted, maximumBins: bins)
    #expect(ends.count == bins - 1)
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
    let search = RankSearch(ends)
    var counts = [Int](repeating: 0, count: bins)
    for value in sorted { counts[Int(search.rank(value)) - 1] += 1 }
    #expect(counts.allSatisfy { abs($0 - 20_000 / bins) <= 20_000 / bins / 10 + 2 })
  }

  @Test func `neighbouring numbers are kept apart`() {
    let a = 1.0
    let ends = BinBoundaries.find(sorted: [a, a.nextUp], maximumBins: 255)
    #expect(ends == [a])
    let huge = Double.greatestFiniteMagnitude
    #expect(BinBoundaries.find(sorted: [-huge, huge], maximumBins: 255) == [0])
  }

  @Test func `a sample of many rows finds nearly the same ends`() {
    let count = 3 * BinBoundaries.sampleSize
    let ends = BinBoundaries.find(count: count, maximumBins: 10, seed: 1) {
      Double(($0 * 7919) % count) / Double(count)
    }
    for (index, end) in ends.enumerated() { #expect(abs(end - Double(index + 1) / 10) < 0.02) }
  }
}

struct RankSearchTests {
  @Test(arguments: [0, 1, 2, 3, 4, 7, 8, 100, 254]) func `counts the numbers below`(count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let numbers = Set((0..<count).map { _ in Double(Int(generator.next() % 601) - 300) }).sorted()
    let search = RankSearch(numbers)
    for x in stride(from: -310.0, to: 310, by: 0.5) {
      #expect(Int(search.rank(x)) == 1 + numbers.count { $0 < x })
    }
    #expect(search.rank(.nan) == 0)
    #expect(search.rank(.greatestFiniteMagnitude) == UInt8(numbers.count + 1))
    #expect(search.rank(-.greatestFiniteMagnitude) == 1)
  }

  @Test func `the two zeros are one number`() {
    for zero in [0.0, -0.0] {
      #expect(RankSearch([zero]).rank(0.0) == 1)
      #expect(RankSearch([zero]).rank(-0.0) == 1)
    }
  }
}

struct BinnedTableTests {
  @Test(arguments: [1, 2, 7, 8, 9, 17]) func `every cell has its bin`(featureCount: Int) {
    var generator = SplitMix64(seed: 3)
    let rowCount = 50
    let columns = (0..<featureCount).map { feature -> FeatureColumn in
      guard feature % 3 != 1 else {
        return .level(
          codes: (0..<rowCount).map { Int32($0 % 4) - 1 }, table: [0, 3, 1, 0])
      }
      return .numbers((0..<rowCount).map { $0 % 5 == 0 ? .nan : Double(generator.next() % 10) })
    }
    let mappers = columns.map { column -> BinMapper in
      guard case .level = column else { return .numeric(ends: [2.5, 5, 7.5]) }
      return .categorical(levelCount: 3)
    }
    let rows = (0..<rowCount).filter { $0 % 3 != 0 }
    let table = BinnedTable(features: columns, mappers: mappers, rows: rows)
    for (place, row) in rows.enumerated() {
      for feature in 0..<featureCount {
        let value = columns[feature].value(row)
        let expected: UInt8 =
          switch mappers[feature] {
          case .numeric(let ends): RankSearch(ends).rank(value)
          case .categorical: UInt8(value)
          }
        #expect(table.bin(row: place, feature: feature) == expected)
      }
    }
  }
}
