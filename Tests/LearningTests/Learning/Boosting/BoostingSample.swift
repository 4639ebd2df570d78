@testable import Learning

/// Tables for the tests of boosting.
enum BoostingSample {
  /// Random features, some of them awkward, in a table with gradient words.
  ///
  /// Features: random numbers; few different values; all missing; one value; three levels; twelve
  /// levels; many ties with missing; 254 levels.
  static func table(rows: Int, seed: UInt64) -> (table: BinnedTable, gradients: [Float]) {
    var generator = SplitMix64(seed: seed)
    func numbers(_ make: (inout SplitMix64) -> Double) -> FeatureColumn {
      .numbers((0..<rows).map { _ in make(&generator) })
    }
    func levels(_ count: Int) -> FeatureColumn {
      let codes = (0..<rows).map { _ in Int32(generator.next() % UInt64(count + 1)) - 1 }
      return .level(codes: codes, table: (0...count).map { UInt8($0) })
    }
    let columns: [FeatureColumn] = [
      numbers { $0.nextUnit() }, numbers { Double($0.next() % 4) }, numbers { _ in .nan },
      numbers { _ in 5 }, levels(3), levels(12),
      numbers { $0.next() % 3 == 0 ? .nan : Double($0.next() % 2) }, levels(254),
      numbers { $0.nextUnit() * $0.nextUnit() },
    ]
    let levelCounts = [4: 3, 5: 12, 7: 254]
    let mappers = columns.enumerated().map { index, column -> BinMapper in
      if let count = levelCounts[index] { return .categorical(levelCount: count) }
      return .numeric(
        ends: BinBoundaries.find(count: rows, maximumBins: 20, seed: 1) { column.value($0) })
    }
    let gradients = (0..<rows).map { _ in Float(generator.nextUnit() * 2 - 1) }
    return (
      BinnedTable(features: columns, mappers: mappers, rows: Array(0..<rows)), gradients
    )
  }

  /// A dataset with a category of many levels, gaps, ties and a time.
  static func dataset(rows: Int, seed: UInt64, levelCount: Int = 300) -> Dataset {
    var generator = SplitMix64(seed: seed)
    var columns: [[Double]] = [[], [], []]
    var few: [Int32] = []
    var many: [Int32] = []
    var labels: [Double] = []
    for _ in 0..<rows {
      let x = generator.nextUnit() * 4 - 2
      let ties = Double(generator.next() % 3)
      let level = Int32(generator.next() % UInt64(levelCount))
      let kind = Int32(generator.next() % 8) - 1
      columns[0].append(x)
      columns[1].append(generator.nextUnit() < 0.3 ? .nan : ties)
      columns[2].append(.nan)
      few.append(kind)
      many.append(level)
      let logOdds = x - 0.5 + (kind % 2 == 0 ? 0.8 : -0.8) + (level % 5 == 0 ? 1.5 : 0)
      labels.append(generator.nextUnit() < Logistic.probability(logOdds: logOdds) ? 1 : 0)
    }
    return Dataset(
      columnNames: ["x", "ties", "empty", "kind", "area"],
      columns: columns.map { .numeric($0) } + [
        .categorical(codes: few, levels: (0..<7).map { "k\($0)" }),
        .categorical(codes: many, levels: (0..<levelCount).map { "a\($0)" }),
      ],
      labels: labels, groups: (0..<rows).map { Int32($0 / 3) },
      times: (0..<rows).map { Int32($0 % 10) })
  }

  /// Sums of the given rows per bin, added one row at a time.
  static func naiveHistogram(
    _ table: BinnedTable, _ words: [UInt64], rows: [Int], feature: Int
  ) -> [GradientSums] {
    var bins = [GradientSums](repeating: .zero, count: table.mappers[feature].binCount)
    for row in rows {
      bins[Int(table.bin(row: row, feature: feature))] += GradientSums(word: words[row])
    }
    return bins
  }
}
