/// What an iterative fit did: not converging is a result to be reported, not an error.
package struct FitSummary: Sendable, Equatable {
  /// Newton steps taken.
  package var iterations: Int

  /// Whether the largest gradient component fell to the tolerance.
  package var converged: Bool

  /// ‖g‖∞ at the result, in units of mean log-loss per unit of coefficient.
  package var gradientNorm: Double

  /// The largest ridge that had to be added to the Hessian to factor it; 0 when none was needed.
  package var ridgeAdded: Double

  package init(iterations: Int, converged: Bool, gradientNorm: Double, ridgeAdded: Double) {
    self.iterations = iterations
    self.converged = converged
    self.gradientNorm = gradientNorm
    self.ridgeAdded = ridgeAdded
  }
}
