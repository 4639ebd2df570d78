internal import ForkJoin

// L-BFGS: a quasi-Newton method for designs too wide for the p² numbers of a curvature.
//
//     d = −H·g                      H from the last m = 10 pairs (s, y) by the two-loop recursion
//     θ ← θ + t·d                   t by bracketing until both strong Wolfe conditions hold:
//         f(θ + t·d) ≤ f(θ) + 10⁻⁴·t·gᵀd   and   |g(θ + t·d)ᵀd| ≤ 0.9·|gᵀd|
//     s = t·d,  y = change of g     sᵀy > 0 by the second condition
//     stop when ‖g‖∞ ≤ tolerance after the step
//
// Memory is 2·m vectors of p numbers. The log-odds move as η + t·Xd, so each trial of the line search
// costs O(n) and only a step costs O(n·p), twice: for Xd and for the gradient.
//
// Source: Nocedal & Wright 2006, Numerical Optimization, algorithms 7.4, 7.5 (recursion) and §3.5
// (line search), https://doi.org/10.1007/978-0-387-40065-5
struct LimitedMemorySolver: Sendable {
  /// Pairs remembered.
  static let memory = 10
  /// Steps for each Newton step that the settings allow: they are cheaper, and it takes more of them.
  static let stepsPerNewtonStep = 50

  private static let sufficientDecrease = 1e-4
  private static let curvatureShare = 0.9
  private static let mostTrials = 60

  private var objective: LogisticObjective

  /// - Precondition: as many labels as design rows, at least one, both classes present.
  init(design: Matrix, labels: [Double]) {
    objective = LogisticObjective(design: design, labels: labels, lambda: 0)
  }

  private struct Point {
    var parameters: [Double]
    var logOdds: [Double]
    var value: Double
  }

  private struct Pair {
    let step: [Double]
    let change: [Double]
    /// 1/(sᵀy).
    let rho: Double
  }

  /// Minimizes f at one λ.
  mutating func fit(
    _ settings: LogisticRegression, startingAt parameters: [Double]
  ) -> LogisticFit {
    objective.lambda = settings.lambda
    let logOdds = objective.logOdds(parameters)
    var point = Point(
      parameters: parameters, logOdds: logOdds,
      value: objective.value(logOdds: logOdds, parameters: parameters))
    var gradient = objective.gradient(logOdds: logOdds, parameters: parameters)
    var pairs: [Pair] = []
    var summary = FitSummary(
      iterations: 0, converged: false, gradientNorm: NewtonSolver.norm(gradient), ridgeAdded: 0)
    let mostSteps = settings.maximumIterations * Self.stepsPerNewtonStep
    while true {
      summary.converged = summary.gradientNorm <= settings.gradientTolerance
      guard !summary.converged, summary.gradientNorm.isFinite, summary.iterations < mostSteps else {
        break
      }
      let direction = Self.direction(gradient, pairs)
      guard let next = lineSearch(from: point, along: direction, gradient: gradient) else {
        // The remembered curvature may point badly; the gradient itself that finds no step is at the
        // end of what rounding lets it see.
        guard !pairs.isEmpty else { break }
        pairs.removeAll()
        continue
      }
      let nextGradient = objective.gradient(logOdds: next.logOdds, parameters: next.parameters)
      let step = zip(next.parameters, point.parameters).map { $0 - $1 }
      let change = zip(nextGradient, gradient).map { $0 - $1 }
      let product = BLAS.dot(step.span, change.span)
      if product > 0 {
        if pairs.count == Self.memory { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, rho: 1 / product))
      }
      (point, gradient) = (next, nextGradient)
      summary.gradientNorm = NewtonSolver.norm(gradient)
      summary.iterations += 1
    }
    return LogisticFit(
      coefficients: Array(point.parameters.dropLast()),
      intercept: point.parameters[point.parameters.count - 1], summary: summary)
  }

  /// −H·g by the two-loop recursion; −g scaled to length 1 at most without pairs.
  private static func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var direction = gradient.map { -$0 }
    guard let newest = pairs.last else {
      let length = BLAS.dot(gradient.span, gradient.span).squareRoot()
      return length > 1 ? direction.map { $0 / length } : direction
    }
    func add(_ factor: Double, _ vector: [Double]) {
      for index in direction.indices { direction[index] += factor * vector[index] }
    }
    var alphas: [Double] = []
    for pair in pairs.reversed() {
      let alpha = pair.rho * BLAS.dot(pair.step.span, direction.span)
      alphas.append(alpha)
      add(-alpha, pair.change)
    }
    let scale = 1 / (newest.rho * BLAS.dot(newest.change.span, newest.change.span))
    for index in direction.indices { direction[index] *= scale }
    for (pair, alpha) in zip(pairs, alphas.reversed()) {
      add(alpha - pair.rho * BLAS.dot(pair.change.span, direction.span), pair.step)
    }
    return direction
  }

  /// A step that meets both conditions, else the longest one found that decreases f; nil without any.
  ///
  /// f is convex, so its slope along d only grows: a step with too steep a descent is too short, every
  /// other one that fails is too long, and a secant of the slopes inside the bracket comes near the
  /// minimum. Near the optimum the differences of f are rounding noise, hence the slack of 1e-13·|f|.
  private func lineSearch(
    from point: Point, along direction: [Double], gradient: [Double]
  ) -> Point? {
    let slope = BLAS.dot(gradient.span, direction.span)
    guard slope < 0 else { return nil }
    let slack = 1e-13 * abs(point.value)
    let line = Line(
      objective, logOdds: point.logOdds, parameters: point.parameters, direction: direction)
    var low = (step: 0.0, slope: slope)
    var high: (step: Double, slope: Double)?
    var step = 1.0
    for _ in 0..<Self.mostTrials {
      let trial = line.valueAndSlope(step)
      let decreases = trial.value <= point.value + Self.sufficientDecrease * step * slope + slack
      if decreases, abs(trial.slope) <= -Self.curvatureShare * slope {
        low = (step, trial.slope)
        break
      }
      if decreases, trial.slope < 0 {
        low = (step, trial.slope)
      } else {
        high = (step, trial.slope)
      }
      guard let high else {
        step *= 2
        continue
      }
      let secant = low.slope / (low.slope - high.slope)
      // A trial that overflowed has no slope.
      let share = secant.isFinite ? min(max(secant, 0.1), 0.9) : 0.5
      step = low.step + share * (high.step - low.step)
    }
    guard low.step > 0 else { return nil }
    let logOdds = line.logOdds(low.step)
    let parameters = zip(point.parameters, direction).map { $0 + low.step * $1 }
    return Point(
      parameters: parameters, logOdds: logOdds,
      value: objective.value(logOdds: logOdds, parameters: parameters))
  }
}

/// f along θ + t·d.
///
///     f(t)  = (1/n) Σ [softplus(ηᵢ + t·ξᵢ) − yᵢ(ηᵢ + t·ξᵢ)] + λ/2 (‖β‖² + 2t·βᵀd + t²‖d‖²),   ξ = Xd
///     f′(t) = (1/n) Σ (μᵢ − yᵢ)·ξᵢ + λ (βᵀd + t‖d‖²)
private struct Line {
  private let objective: LogisticObjective
  private let eta: [Double]
  private let shift: [Double]
  private let squares: (start: Double, mixed: Double, direction: Double)

  init(
    _ objective: LogisticObjective, logOdds: [Double], parameters: [Double], direction: [Double]
  ) {
    self.objective = objective
    eta = logOdds
    shift = objective.logOdds(direction)
    let (beta, d) = (Array(parameters.dropLast()), Array(direction.dropLast()))
    squares = (
      BLAS.dot(beta.span, beta.span), BLAS.dot(beta.span, d.span), BLAS.dot(d.span, d.span)
    )
  }

  func logOdds(_ step: Double) -> [Double] { zip(eta, shift).map { $0 + step * $1 } }

  func valueAndSlope(_ step: Double) -> (value: Double, slope: Double) {
    let (objective, eta, shift) = (objective, eta, shift)
    let blocks = concurrentMap(count: objective.blockCount) { block in
      var losses: [Double] = []
      var slopes: [Double] = []
      for row in objective.range(ofBlock: block) {
        let (z, y) = (eta[row] + step * shift[row], objective.labels[row])
        losses.append(Logistic.softplus(z) - y * z)
        slopes.append((Logistic.probability(logOdds: z) - y) * shift[row])
      }
      return (relaxedSum(losses), relaxedSum(slopes))
    }
    let n = Double(objective.labels.count)
    let penalty = squares.start + 2 * step * squares.mixed + step * step * squares.direction
    return (
      blocks.reduce(0) { $0 + $1.0 } / n + objective.lambda / 2 * penalty,
      blocks.reduce(0) { $0 + $1.1 } / n
        + objective.lambda * (squares.mixed + step * squares.direction)
    )
  }
}
