/// Newton's method for the penalized logistic regression of one design matrix.
struct NewtonSolver: Sendable {
  private var method: NewtonMethod<LogisticObjective>

  /// - Precondition: as many labels as design rows, at least one, both classes present.
  init(design: Matrix, labels: [Double], reusesCurvature: Bool) {
    method = NewtonMethod(
      LogisticObjective(design: design, labels: labels, lambda: 0),
      reusesCurvature: reusesCurvature)
  }

  /// Minimizes f at one λ.
  mutating func fit(
    _ settings: LogisticRegression, startingAt parameters: [Double]
  ) -> LogisticFit {
    let (found, summary) = method.minimize(settings, startingAt: parameters)
    return LogisticFit(
      coefficients: Array(found.dropLast()), intercept: found[found.count - 1], summary: summary)
  }

  /// ‖g‖∞, NaN when a component is.
  ///
  /// `max` alone would lose a NaN that comes first, and the fit would pass for converged.
  static func norm(_ gradient: [Double]) -> Double {
    gradient.reduce(0) { $1.isNaN ? .nan : max($0, abs($1)) }
  }
}
