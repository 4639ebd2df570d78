/// The mean of the log-odds of several boosted models; its contributions are their means as well.
package struct BoostedBag: Sendable, Equatable, Codable {
  /// At least one, learned on the same columns.
  package var models: [BoostedTrees]

  /// - Precondition: at least one model.
  package init(models: [BoostedTrees]) {
    precondition(!models.isEmpty, "Learning: a bag without a model")
    self.models = models
  }

  /// The log-odds of all rows, or of some in the order given.
  package func logOdds(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    Self.mean(models.map { $0.logOdds(dataset, rows: rows) })
  }

  /// The log-odds of the average training row; the bias of every attribution.
  package var expectedLogOdds: Double {
    models.reduce(0) { $0 + $1.expectedLogOdds } / Double(models.count)
  }

  /// The contribution of every raw column to the log-odds, see `BoostedTrees`.
  package func contributions(_ dataset: Dataset, rows: [Int]? = nil) -> Matrix {
    let parts = models.map { $0.contributions(dataset, rows: rows) }
    return Matrix(
      rowCount: parts[0].rowCount, columnCount: parts[0].columnCount,
      values: Self.mean(parts.map(\.values)))
  }

  private static func mean(_ parts: [[Double]]) -> [Double] {
    var sums = parts[0]
    for part in parts.dropFirst() { for index in sums.indices { sums[index] += part[index] } }
    return sums.map { $0 / Double(parts.count) }
  }
}
