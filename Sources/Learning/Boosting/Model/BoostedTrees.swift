/// A learned sum of trees: raw rows in, log-odds out.
///
///     log-odds = base + Σ over trees of the value of the row's leaf
package struct BoostedTrees: Sendable, Equatable, Codable {
  /// How raw columns become features.
  package var encoder: FeatureEncoder

  /// Log-odds of the share of ones in training.
  package var baseLogOdds: Double

  /// In the order grown; each was fitted to what those before it left.
  package var trees: [Tree]

  package init(encoder: FeatureEncoder, baseLogOdds: Double, trees: [Tree]) {
    self.encoder = encoder
    self.baseLogOdds = baseLogOdds
    self.trees = trees
  }

  /// The log-odds of all rows, or of some in the order given.
  package func logOdds(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    TreeScorer(trees: trees, featureCount: encoder.features.count)
      .sums(encoder.columns(dataset), rows: rows ?? Array(0..<dataset.rowCount), start: baseLogOdds)
  }
}
