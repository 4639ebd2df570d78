extension BoostedTrees {
  private var attribution: TreeAttribution {
    TreeAttribution(
      trees: trees, rawColumns: encoder.features.map(\.rawColumn),
      columnCount: encoder.columnNames.count)
  }

  /// The log-odds of the average training row; the bias of every attribution.
  package var expectedLogOdds: Double { baseLogOdds + attribution.expected }

  /// Numbers that are added up for the contributions of one row; `AttributionKernel` tells the limit.
  package var contributionAdditions: Int {
    let rawColumns = encoder.features.map(\.rawColumn)
    return trees.reduce(0) { sum, tree in
      AttributionGroup.groups(tree, rawColumns: rawColumns).reduce(sum) { $0 + $1.columns.count }
    }
  }

  /// The contribution of every raw column to the log-odds of some rows.
  ///
  /// - Parameters:
  ///   - dataset: Columns as learned from.
  ///   - rows: Row numbers; all when nil.
  /// - Returns: (rows, raw columns). On every row |expected + Σ contributions − log-odds| ≤
  ///   1e-9·(1 + |log-odds|), which whoever shows them checks.
  package func contributions(_ dataset: Dataset, rows: [Int]? = nil) -> Matrix {
    let rows = rows ?? Array(0..<dataset.rowCount)
    let columnCount = encoder.columnNames.count
    let values = attribution.contributions(encoder.columns(dataset), rows: rows)
    return Matrix(rowCount: rows.count, columnCount: columnCount, values: values)
  }
}
