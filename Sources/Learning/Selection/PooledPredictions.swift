/// Predictions for rows by models that were not trained on them, pooled over splits.
package struct PooledPredictions: Sendable, Equatable {
  /// Row numbers of the dataset, split after split.
  package var rows: [Int]

  /// The split that predicted each row.
  package var splitOfRow: [Int]

  /// Predicted log-odds per row, uncalibrated.
  package var logOdds: [Double]

  package init(rows: [Int], splitOfRow: [Int], logOdds: [Double]) {
    precondition(
      rows.count == splitOfRow.count && rows.count == logOdds.count,
      "Learning: \(rows.count) rows, \(splitOfRow.count) splits, \(logOdds.count) predictions")
    self.rows = rows
    self.splitOfRow = splitOfRow
    self.logOdds = logOdds
  }
}
