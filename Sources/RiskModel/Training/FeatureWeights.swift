internal import Learning

/// How far each feature moves the log-odds on average, over some of the training rows.
package struct FeatureWeights: Sendable, Hashable {
  /// Mean absolute contribution of each feature, in the order of the model's.
  package let means: [Double]
  /// Rows looked at.
  package let rows: Int

  private static let mostRows = 4_000

  /// - Parameters:
  ///   - model: Fitted.
  ///   - dataset: What it was fitted on; every so many rows of it are looked at.
  init(_ model: FittedModel, _ dataset: Dataset) {
    let step = max(1, (dataset.rowCount + Self.mostRows - 1) / Self.mostRows)
    let some = Array(stride(from: 0, to: dataset.rowCount, by: step))
    let contributions = model.contributions(dataset, rows: some)
    var sums = [Double](repeating: 0, count: contributions.columnCount)
    for row in 0..<contributions.rowCount {
      contributions.withRow(row) { parts in
        for column in parts.indices { sums[column] += abs(parts[column]) }
      }
    }
    rows = some.count
    means = sums.map { $0 / Double(max(1, some.count)) }
  }
}
