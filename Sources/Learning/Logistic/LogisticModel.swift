internal import ForkJoin

/// A fitted preparation and the coefficients on its design columns: raw rows in, log-odds out.
///
///     log-odds = bias + Σ over raw columns c of contribution(c)
///     contribution(c) = Σ over the design columns j of c of βⱼ·zⱼ,   zⱼ = (xⱼ − meanⱼ)/deviationⱼ
///
/// A design column has mean 0 over the training rows, so βⱼzⱼ is how far the row departs from the
/// average training row, and the bias is that row's log-odds. Value, hinge, missing and one-hot terms
/// go back to the raw column they came from, so nothing is left over.
package struct LogisticModel: Sendable, Equatable, Codable {
  /// How raw columns become design columns.
  package var preparation: Preparation

  /// One per design column.
  package var coefficients: [Double]

  /// Log-odds of the average training row; the bias of every attribution.
  package var intercept: Double

  /// A model of given parts.
  ///
  /// - Precondition: one coefficient per design column.
  package init(preparation: Preparation, coefficients: [Double], intercept: Double) {
    precondition(
      coefficients.count == preparation.designColumns.count,
      "Learning: \(coefficients.count) coefficients for \(preparation.designColumns.count) columns")
    self.preparation = preparation
    self.coefficients = coefficients
    self.intercept = intercept
  }

  /// Prepares and fits on training rows.
  ///
  /// - Parameters:
  ///   - dataset: With labels.
  ///   - rows: Training rows, at least one; no other row is read.
  ///   - lambda: See `LogisticRegression`.
  ///   - mixing: See `LogisticRegression`.
  ///   - options: Limits of the preparation.
  /// - Returns: The model, and what the solver did.
  package static func fit(
    _ dataset: Dataset, rows: [Int], lambda: Double, mixing: Double = 0,
    options: PreparationOptions = .standard
  ) -> (model: LogisticModel, summary: FitSummary) {
    let preparation = Preparation.fit(dataset, rows: rows, options: options)
    let labels = dataset.knownLabels
    let fit = LogisticRegression(lambda: lambda, mixing: mixing)
      .fit(preparation.apply(dataset, rows: rows), labels: rows.map { labels[$0] })
    return (
      LogisticModel(
        preparation: preparation, coefficients: fit.coefficients, intercept: fit.intercept),
      fit.summary
    )
  }

  /// The log-odds of all rows, or of some in the order given.
  package func logOdds(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    Self.inBlocks(rows ?? Array(0..<dataset.rowCount)) { block in
      preparation.apply(dataset, rows: block).product(with: coefficients).map { $0 + intercept }
    }
  }

  /// The contribution of every raw column to the log-odds of some rows.
  ///
  /// - Parameters:
  ///   - dataset: Columns as fitted.
  ///   - rows: Row numbers; all when nil.
  /// - Returns: (rows, raw columns). On every row |bias + Σ contributions − log-odds| ≤
  ///   1e-9·(1 + |log-odds|), which is checked.
  package func contributions(_ dataset: Dataset, rows: [Int]? = nil) -> Matrix {
    let rows = rows ?? Array(0..<dataset.rowCount)
    let rawCount = preparation.columnNames.count
    let values = Self.inBlocks(rows) { block -> [Double] in
      let design = preparation.apply(dataset, rows: block)
      let logOdds = design.product(with: coefficients).map { $0 + intercept }
      var sums = [Double](repeating: 0, count: block.count * rawCount)
      for row in 0..<block.count {
        design.withRow(row) { z in
          for (j, column) in preparation.designColumns.enumerated() {
            sums[row * rawCount + column.rawColumn] += coefficients[j] * z[j]
          }
        }
        let total = sums[row * rawCount..<(row + 1) * rawCount].reduce(intercept, +)
        precondition(
          abs(total - logOdds[row]) <= 1e-9 * (1 + abs(logOdds[row])),
          "Learning: contributions miss the log-odds by \(total - logOdds[row])")
      }
      return sums
    }
    return Matrix(rowCount: rows.count, columnCount: rawCount, values: values)
  }

  /// Joins the results of blocks of rows, so that no more than a few design blocks are alive.
  private static func inBlocks(
    _ rows: [Int], _ body: @Sendable ([Int]) -> [Double]
  ) -> [Double] {
    let size = LogisticObjective.blockRows
    let blocks = concurrentMap(count: (rows.count + size - 1) / size) { block in
      body(Array(rows[block * size..<min((block + 1) * size, rows.count)]))
    }
    return blocks.flatMap { $0 }
  }
}
