/// A convex function of log-odds that are linear in the parameters, with a ridge on the first of them.
///
/// `logOdds` is the part of the log-odds that costs a matrix product; along a direction it moves by a
/// multiple of the direction's own.
protocol NewtonObjective: Sendable {
  /// Number of parameters.
  var parameterCount: Int { get }
  /// How many of them, from the first, are under the penalty.
  var penalizedCount: Int { get }
  /// Strength of the penalty λ/2‖·‖², finite and ≥ 0.
  var lambda: Double { get set }

  /// The linear part for every row.
  func logOdds(_ parameters: [Double]) -> [Double]
  /// The value, penalty included.
  func value(logOdds eta: [Double], parameters: [Double]) -> Double
  /// The gradient, penalty included.
  func gradient(logOdds eta: [Double], parameters: [Double]) -> [Double]
  /// The upper triangle of the second derivatives without the penalty, row-major.
  func curvature(logOdds eta: [Double], parameters: [Double]) -> [Double]
}

/// Newton's method with Armijo halving for one objective and any number of penalties.
///
///     solve (C + λI₀)·d = −g        C = curvature of the loss, I₀ = 0 where no penalty is
///     θ ← θ + t·d, t = 1, ½, ¼ …    until f(θ + t·d) ≤ f(θ) + 2⁻¹¹·t·gᵀd
///     stop when ‖g‖∞ ≤ tolerance after the step
///
/// C costs O(n·p²), everything else O(n·p). `reusesCurvature` keeps C, also for the next λ, for as
/// long as each step still cuts ‖g‖∞ to a fifth: the steps stay descent steps, since C + λI₀ is
/// positive definite, but converge linearly. That is right for choosing λ to a loose tolerance; a
/// final fit takes a fresh C every step, whose quadratic convergence leaves a gradient far below the
/// tolerance.
///
/// Sources: Boyd & Vandenberghe 2004, §9.5, https://stanford.edu/~boyd/cvxbook/; keeping the Hessian:
/// Kelley 1995, Iterative Methods for Linear and Nonlinear Equations, §5.4 (chord, Shamanskii),
/// https://doi.org/10.1137/1.9781611970944
struct NewtonMethod<Objective: NewtonObjective>: Sendable {
  /// A step that leaves more than this share of ‖g‖∞ asks for a fresh curvature.
  private static var reuseLimit: Double { 0.2 }

  private var objective: Objective
  private let reusesCurvature: Bool

  /// The last curvature computed, without λ; nil before the first.
  private var curvature: [Double]?

  init(_ objective: Objective, reusesCurvature: Bool) {
    self.objective = objective
    self.reusesCurvature = reusesCurvature
  }

  private struct Point {
    var parameters: [Double]
    var logOdds: [Double]
    var value: Double
  }

  /// Minimizes the objective at one λ.
  ///
  /// - Parameters:
  ///   - settings: λ, and when to stop.
  ///   - parameters: Where to start.
  /// - Returns: The parameters reached, and how.
  mutating func minimize(
    _ settings: LogisticRegression, startingAt parameters: [Double]
  ) -> (parameters: [Double], summary: FitSummary) {
    objective.lambda = settings.lambda
    let logOdds = objective.logOdds(parameters)
    var point = Point(
      parameters: parameters, logOdds: logOdds,
      value: objective.value(logOdds: logOdds, parameters: parameters))
    var gradient = objective.gradient(logOdds: logOdds, parameters: parameters)
    var summary = FitSummary(
      iterations: 0, converged: false, gradientNorm: NewtonSolver.norm(gradient), ridgeAdded: 0)
    var factor: Cholesky?
    while true {
      summary.converged = summary.gradientNorm <= settings.gradientTolerance
      guard !summary.converged, summary.gradientNorm.isFinite,
        summary.iterations < settings.maximumIterations
      else { break }
      let isFresh = factor == nil && !(reusesCurvature && curvature != nil)
      if isFresh {
        curvature = objective.curvature(logOdds: point.logOdds, parameters: point.parameters)
      }
      guard let solver = factor ?? factored(&summary) else { break }
      let direction = solver.solve(gradient).map { -$0 }
      guard let next = lineSearch(from: point, along: direction, gradient: gradient) else {
        // A stale curvature may point badly; a fresh one that finds no step is at the end.
        guard !isFresh else { break }
        (factor, curvature) = (nil, nil)
        continue
      }
      point = next
      gradient = objective.gradient(logOdds: point.logOdds, parameters: point.parameters)
      let norm = NewtonSolver.norm(gradient)
      let contracts = norm <= Self.reuseLimit * summary.gradientNorm
      factor = reusesCurvature && contracts ? solver : nil
      if !contracts { curvature = nil }
      summary.gradientNorm = norm
      summary.iterations += 1
    }
    return (point.parameters, summary)
  }

  /// The first of the steps 1, ½, ¼ … that meets the Armijo condition; nil when none of 40 does.
  ///
  /// The log-odds move as η + t·Xd, so a halving costs O(n) and no matrix product. Near the optimum
  /// the differences of f are rounding noise of a sum over all rows, hence the slack of 1e-13·|f|.
  private func lineSearch(
    from point: Point, along direction: [Double], gradient: [Double]
  ) -> Point? {
    let slope = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
    let slack = 1e-13 * abs(point.value)
    let shift = objective.logOdds(direction)
    var step = 1.0
    for _ in 0..<40 {
      let logOdds = zip(point.logOdds, shift).map { $0 + step * $1 }
      let parameters = zip(point.parameters, direction).map { $0 + step * $1 }
      let value = objective.value(logOdds: logOdds, parameters: parameters)
      if value <= point.value + 0x1p-11 * step * slope + slack {
        return Point(parameters: parameters, logOdds: logOdds, value: value)
      }
      step /= 2
    }
    return nil
  }

  /// The Cholesky factor of C + λI₀ + ridge·I, with the first ridge of 0, 1e-12, 1e-11 … × the
  /// largest diagonal element that allows one; nil when C is not finite, because a product of the
  /// design overflowed.
  private func factored(_ summary: inout FitSummary) -> Cholesky? {
    let order = objective.parameterCount
    var hessian = curvature ?? []
    for index in 0..<objective.penalizedCount {
      hessian[index * order + index] += objective.lambda
    }
    guard hessian.allSatisfy(\.isFinite) else { return nil }
    if let factor = try? Cholesky(upperTriangle: hessian, order: order) { return factor }
    let largest = (0..<order).reduce(0) { max($0, hessian[$1 * order + $1]) }
    var ridge = max(largest, 1e-300) * 1e-12
    while ridge.isFinite {
      var ridged = hessian
      for index in 0..<order { ridged[index * order + index] += ridge }
      if let factor = try? Cholesky(upperTriangle: ridged, order: order) {
        summary.ridgeAdded = max(summary.ridgeAdded, ridge)
        return factor
      }
      ridge *= 10
    }
    return nil
  }
}
