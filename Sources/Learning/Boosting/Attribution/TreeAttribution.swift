internal import ForkJoin

/// Exact contributions of raw columns to the sum of some trees: path-dependent TreeSHAP.
///
///     expected + Σ over raw columns of the contribution = sum of the trees          for every row
///
/// Trees are taken a few at a time, so that their tables stay within some megabytes; for each few all
/// rows pass by, tile after tile. Source of the values: Lundberg et al. 2020,
/// https://doi.org/10.1038/s42256-019-0138-9
struct TreeAttribution: Sendable {
  private let trees: [Tree]
  private let rawColumns: [Int]
  private let columnCount: Int

  /// Numbers in the tables of the trees that are alive at a time.
  private static let tableLimit = 1 << 20

  /// - Parameters:
  ///   - trees: What is to be explained.
  ///   - rawColumns: The raw column of each feature.
  ///   - columnCount: Number of raw columns.
  init(trees: [Tree], rawColumns: [Int], columnCount: Int) {
    self.trees = trees
    self.rawColumns = rawColumns
    self.columnCount = columnCount
  }

  /// The sum of the trees for the average training row: where contributions start from.
  var expected: Double {
    trees.reduce(0) { sum, tree in
      LeafGame.games(tree).reduce(sum) { $0 + $1.expected }
    }
  }

  /// The contributions for some rows.
  ///
  /// - Parameters:
  ///   - features: As the trees were grown on.
  ///   - rows: Row numbers of the features.
  /// - Returns: (rows, raw columns), row after row.
  func contributions(_ features: [FeatureColumn], rows: [Int]) -> [Double] {
    var result = [Double](repeating: 0, count: rows.count * columnCount)
    guard !result.isEmpty else { return result }
    let step = 16
    var pending: [(tree: Tree, groups: [AttributionGroup])] = []
    for start in stride(from: 0, to: trees.count, by: step) {
      let some = trees[start..<min(start + step, trees.count)]
      let groups = concurrentMap(count: some.count) { index in
        AttributionGroup.groups(some[some.startIndex + index], rawColumns: rawColumns)
      }
      pending += zip(some, groups).map { ($0, $1) }
      let size = pending.reduce(0) { $0 + $1.groups.reduce(0) { $0 + $1.table.count } }
      if size >= Self.tableLimit || start + step >= trees.count {
        add(pending, features, rows: rows, to: &result)
        pending = []
      }
    }
    return result
  }

  private func add(
    _ some: [(tree: Tree, groups: [AttributionGroup])], _ features: [FeatureColumn], rows: [Int],
    to result: inout [Double]
  ) {
    let tests = ForestTests(some.map(\.tree), featureCount: rawColumns.count)
    let compiled = some.map { AttributionKernel(groups: $0.groups) }
    let tileRows = TreeScorer.tileRows
    withConcurrentChunks(of: &result, stride: tileRows * columnCount) { tile, slice in
      let first = tile * tileRows
      let members = rows.span.extracting(first..<min(first + tileRows, rows.count))
      var bytes = [UInt8](repeating: 0, count: max(1, tests.columns.count) * tileRows)
      var target = bytes.mutableSpan
      for column in tests.columns.indices {
        tests.fill(
          column: column, features: features, rows: members, bytes: &target,
          at: column * tileRows)
      }
      for (number, kernel) in compiled.enumerated() {
        kernel.add(
          tests: tests.tests[number], bytes: bytes, rowCount: members.count,
          columnCount: columnCount, to: &slice)
      }
    }
  }
}
