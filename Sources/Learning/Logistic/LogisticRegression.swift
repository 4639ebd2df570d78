/// Logistic regression with an L2 penalty or an elastic net, fitted by Newton's method.
///
///     minimize (1/n) Σ log-loss(yᵢ, xᵢᵀβ + α) + λ/2 ‖β‖²     over β and the free intercept α
///
/// The loss is a mean, so λ does not depend on the number of rows; scikit-learn's C multiplies the
/// summed loss: λ = 1 / (C·n). λ = ∞ is the base rate: β = 0, α = logit of the share of ones.
///
/// The fit ends when ‖g‖∞ ≤ 1e-8 *after* a step: a small Newton decrement (1e-10) would still leave
/// 5e-6 in the coefficients. A Hessian that cannot be factored gets a growing ridge; that changes
/// the steps only, not the objective, and `FitSummary` says so.
///
/// With `mixing` m > 0 the penalty is (1 − m)·λ/2 ‖β‖² + m·λ‖β‖₁ (`ElasticNetSolver`): for designs of at
/// most 2,500 columns.
///
/// Up to 2,500 columns Newton's method fits (`NewtonSolver`): O(n·p²) time per step and p² memory.
/// Wider designs go to L-BFGS (`LimitedMemorySolver`): O(n·p) time per step, more steps, and memory
/// for twenty vectors.
package struct LogisticRegression: Sendable {
  /// Most columns that Newton's method is used for; its curvature takes 50 MB then, several times.
  package static let widestForNewton = 2_500

  /// Strength of the penalty, ≥ 0; ∞ gives the base rate.
  package var lambda: Double

  /// Share of the penalty that counts absolute coefficients, 0 … 1.
  package var mixing: Double

  /// ‖g‖∞ at which the fit ends; default 1e-8.
  package var gradientTolerance: Double

  /// Newton steps after which the fit gives up; default 100.
  ///
  /// L-BFGS may take fifty times as many.
  package var maximumIterations: Int

  package init(
    lambda: Double, mixing: Double = 0, gradientTolerance: Double = 1e-8,
    maximumIterations: Int = 100
  ) {
    precondition(lambda >= 0, "Learning: lambda \(lambda) is not >= 0")
    precondition((0...1).contains(mixing), "Learning: a mixing of \(mixing) is not within 0 … 1")
    self.lambda = lambda
    self.mixing = mixing
    self.gradientTolerance = gradientTolerance
    self.maximumIterations = maximumIterations
  }

  /// Fits the coefficients.
  ///
  /// - Parameters:
  ///   - design: (rows, columns), best standardized so that one λ suits all columns.
  ///   - labels: 0 or 1 per row. With one class only the intercept has no finite optimum: the result
  ///     is then the base rate with half a row of each class added, not converged.
  ///   - warmStart: Where to start, for instance the fit at the next stronger λ.
  /// - Returns: The coefficients, and whether they were reached.
  package func fit(
    _ design: Matrix, labels: [Double], startingAt warmStart: LogisticFit? = nil
  ) -> LogisticFit {
    let fits = Self.path([self], design, labels: labels, from: warmStart, reusesCurvature: false)
    return fits[0]
  }

  /// One fit per setting, each starting from the one before.
  ///
  /// - Parameters:
  ///   - settings: In order of falling λ.
  ///   - design: As for `fit`.
  ///   - labels: As for `fit`.
  ///   - warmStart: Where the first one starts.
  ///   - reusesCurvature: See `NewtonSolver`; of no account for wide designs.
  /// - Returns: As many fits as settings.
  static func path(
    _ settings: [LogisticRegression], _ design: Matrix, labels: [Double],
    from warmStart: LogisticFit?, reusesCurvature: Bool
  ) -> [LogisticFit] {
    precondition(
      labels.count == design.rowCount && !labels.isEmpty,
      "Learning: \(labels.count) labels for \(design.rowCount) design rows")
    precondition(
      warmStart == nil || warmStart?.coefficients.count == design.columnCount,
      "Learning: the warm start does not have \(design.columnCount) coefficients")
    let positives = relaxedSum(labels)
    let hasBothClasses = positives > 0 && positives < Double(labels.count)
    let baseRate = LogisticFit(
      coefficients: [Double](repeating: 0, count: design.columnCount),
      intercept: Logistic.baseLogOdds(positives: positives, count: Double(labels.count)),
      summary: FitSummary(
        iterations: 0, converged: hasBothClasses, gradientNorm: 0, ridgeAdded: 0))
    let isWide = design.columnCount > widestForNewton
    precondition(
      !isWide || settings.allSatisfy { $0.mixing == 0 || !$0.lambda.isFinite },
      "Learning: an elastic net of \(design.columnCount) columns, more than \(widestForNewton)")
    var newton = NewtonSolver(design: design, labels: labels, reusesCurvature: reusesCurvature)
    var limitedMemory = LimitedMemorySolver(design: design, labels: labels)
    var elasticNet = ElasticNetSolver(design: design, labels: labels)
    var last = warmStart ?? baseRate
    return settings.map { setting in
      if setting.lambda.isFinite && hasBothClasses {
        let start = last.coefficients + [last.intercept]
        last =
          setting.mixing > 0
          ? elasticNet.fit(setting, startingAt: start)
          : isWide
            ? limitedMemory.fit(setting, startingAt: start) : newton.fit(setting, startingAt: start)
      } else {
        last = baseRate
      }
      return last
    }
  }
}
