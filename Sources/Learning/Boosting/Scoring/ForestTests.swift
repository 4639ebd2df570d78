/// All questions that some trees ask, as comparisons of one byte with another.
///
///     numeric       byte = 0 for NaN, else 1 + how many thresholds asked of the feature are less than x
///     categorical   byte = 0 when the bin goes left, else 1          one column per set of levels
///
///     a row goes left  ⇔  byte − shift ≤ limit,  unsigned: with shift 1 a missing value wraps to 255
///
/// The bytes of a row are computed once; after that no tree touches a floating-point number.
struct ForestTests: Sendable {
  /// Thresholds whose ranks fit one byte.
  static let columnThresholds = 254

  /// How the byte of a column is computed.
  enum Column: Sendable {
    /// The place among at most 254 thresholds.
    case ranks(feature: Int, search: RankSearch)
    /// 0 or 1 for each of 256 bins.
    case levels(feature: Int, table: [UInt8])
  }

  /// The question of one node.
  struct Test: Sendable, Equatable {
    var column: Int
    var shift: UInt8
    var limit: UInt8
  }

  private(set) var columns: [Column] = []

  /// Per tree, per node.
  private(set) var tests: [[Test]] = []

  init(_ trees: [Tree], featureCount: Int) {
    var asked = [Set<Double>](repeating: [], count: featureCount)
    for tree in trees {
      for node in 0..<tree.nodeCount where tree.leftLevels[node] == nil {
        asked[tree.feature[node]].insert(tree.threshold[node])
      }
    }
    var firstColumn = [Int](repeating: 0, count: featureCount)
    var rank: [[Double: Int]] = []
    for (feature, thresholds) in asked.enumerated() {
      let sorted = thresholds.sorted()
      rank.append(Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) }))
      firstColumn[feature] = columns.count
      for start in stride(from: 0, to: sorted.count, by: Self.columnThresholds) {
        let end = min(start + Self.columnThresholds, sorted.count)
        columns.append(.ranks(feature: feature, search: RankSearch(Array(sorted[start..<end]))))
      }
    }
    var columnOfLevels: [LevelTest: Int] = [:]
    for tree in trees {
      var ofTree: [Test] = []
      for node in 0..<tree.nodeCount {
        let feature = tree.feature[node]
        if let levels = tree.leftLevels[node] {
          let key = LevelTest(feature: feature, levels: levels)
          let column = columnOfLevels[key] ?? columns.count
          if column == columns.count {
            columnOfLevels[key] = column
            var table = [UInt8](repeating: 1, count: 256)
            for level in levels { table[Int(level)] = 0 }
            columns.append(.levels(feature: feature, table: table))
          }
          ofTree.append(Test(column: column, shift: 0, limit: 0))
        } else {
          let place = rank[feature][tree.threshold[node]] ?? 0
          let limit = UInt8(place % Self.columnThresholds + 1)
          let shift: UInt8 = tree.missingGoesLeft[node] ? 0 : 1
          ofTree.append(
            Test(
              column: firstColumn[feature] + place / Self.columnThresholds, shift: shift,
              limit: limit - shift))
        }
      }
      tests.append(ofTree)
    }
  }

  /// Writes the bytes of one column for some rows.
  ///
  /// - Parameters:
  ///   - column: Number of the column.
  ///   - features: As the trees were grown on.
  ///   - rows: Row numbers.
  ///   - bytes: Written from `start` on.
  ///   - start: The byte of the first row.
  func fill(
    column: Int, features: [FeatureColumn], rows: Span<Int>, bytes: inout MutableSpan<UInt8>,
    at start: Int
  ) {
    switch columns[column] {
    case .ranks(let feature, let search):
      switch features[feature] {
      case .numbers(let values):
        search.forEachRank(values.span, rows: rows) { index, rank in bytes[start + index] = rank }
      case .numberOfLevel(let codes, let table):
        let (codes, ranks) = (codes.span, table.map { search.rank($0) })
        for index in rows.indices { bytes[start + index] = ranks[Int(codes[rows[index]]) + 1] }
      case .level: preconditionFailure("Learning: feature \(feature) has no order")
      }
    case .levels(let feature, let table):
      guard case .level(let codes, let bins) = features[feature] else {
        preconditionFailure("Learning: feature \(feature) has no levels")
      }
      let codesSpan = codes.span
      let sides = bins.map { table[Int($0)] }
      for index in rows.indices { bytes[start + index] = sides[Int(codesSpan[rows[index]]) + 1] }
    }
  }
}

/// A question about levels; equal ones share a column.
private struct LevelTest: Hashable {
  let feature: Int
  let levels: [UInt8]
}
