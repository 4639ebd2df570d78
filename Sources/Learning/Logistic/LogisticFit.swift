/// Coefficients of a logistic regression and how they were found.
package struct LogisticFit: Sendable, Equatable {
  /// One per design column, in log-odds per unit of the column.
  package var coefficients: [Double]

  /// Log-odds of a row whose design columns are all 0.
  package var intercept: Double

  /// What the solver did.
  package var summary: FitSummary

  package init(coefficients: [Double], intercept: Double, summary: FitSummary) {
    self.coefficients = coefficients
    self.intercept = intercept
    self.summary = summary
  }

  /// X·β + α for every row of a design matrix of the same columns.
  package func logOdds(_ design: Matrix) -> [Double] {
    design.product(with: coefficients).map { $0 + intercept }
  }
}
