/// Logistic regression whose penalty also counts absolute coefficients, by proximal Newton steps.
///
///     minimize F(θ) = (1/n) Σ log-loss + (1 − m)·λ/2 ‖β‖² + m·λ‖β‖₁        intercept free
///     step     d minimizes gᵀd + ½ dᵀ(C + (1 − m)·λI₀)d + m·λ‖β + d‖₁      coordinate by coordinate
///              θ ← θ + t·d, t = 1, ½ … until F falls by 2⁻¹¹·t times what the step foretells
///     stop     when the least subgradient has no component above the tolerance
///
/// Coefficients that are not worth their penalty are exactly 0: of hinges that say nearly the same, few
/// stay. C costs O(n·p²) a step, a round of coordinates O(p²).
///
/// Sources: Friedman, Hastie & Tibshirani 2010, "Regularization paths for generalized linear models via
/// coordinate descent", https://doi.org/10.18637/jss.v033.i01; steps and line search: Lee, Sun & Saunders
/// 2014, "Proximal Newton-type methods", https://doi.org/10.1137/130921428
struct ElasticNetSolver: Sendable {
  /// Coordinates are cycled through until none moves the gradient by more than this share of the subgradient.
  private static let innerShare = 0.01
  private static let mostRounds = 1_000

  private var objective: LogisticObjective

  /// - Precondition: as many labels as design rows, at least one, both classes present.
  init(design: Matrix, labels: [Double]) {
    objective = LogisticObjective(design: design, labels: labels, lambda: 0)
  }

  /// Minimizes F at one λ.
  mutating func fit(
    _ settings: LogisticRegression, startingAt parameters: [Double]
  ) -> LogisticFit {
    let absolute = settings.mixing * settings.lambda
    objective.lambda = (1 - settings.mixing) * settings.lambda
    var theta = parameters
    var logOdds = objective.logOdds(theta)
    var gradient = objective.gradient(logOdds: logOdds, parameters: theta)
    func norm() -> Double { Self.subgradientNorm(gradient, at: theta, absolute: absolute) }
    var summary = FitSummary(
      iterations: 0, converged: false, gradientNorm: norm(), ridgeAdded: 0)
    while true {
      summary.converged = summary.gradientNorm <= settings.gradientTolerance
      guard !summary.converged, summary.gradientNorm.isFinite,
        summary.iterations < settings.maximumIterations
      else { break }
      let model = QuadraticModel(
        gradient: gradient, curvature: objective.curvature(logOdds: logOdds),
        ridge: objective.lambda, absolute: absolute)
      let direction = model.step(
        from: theta, until: Self.innerShare * summary.gradientNorm, mostRounds: Self.mostRounds)
      guard
        let step = lineSearch(
          from: theta, logOdds, along: direction, gradient: gradient, absolute: absolute)
      else { break }
      (theta, logOdds) = step
      gradient = objective.gradient(logOdds: logOdds, parameters: theta)
      summary.gradientNorm = norm()
      summary.iterations += 1
    }
    return LogisticFit(
      coefficients: Array(theta.dropLast()), intercept: theta[theta.count - 1], summary: summary)
  }

  /// The first of the steps 1, ½, ¼ … that lowers F enough; nil when none of 40 does.
  private func lineSearch(
    from theta: [Double], _ logOdds: [Double], along direction: [Double], gradient: [Double],
    absolute: Double
  ) -> (parameters: [Double], logOdds: [Double])? {
    func value(_ theta: [Double], _ logOdds: [Double]) -> Double {
      objective.value(logOdds: logOdds, parameters: theta)
        + absolute * theta.dropLast().reduce(0) { $0 + abs($1) }
    }
    let before = value(theta, logOdds)
    let full = zip(theta, direction).map { $0 + $1 }
    let foretold =
      zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      + absolute * zip(full, theta).dropLast().reduce(0) { $0 + abs($1.0) - abs($1.1) }
    let shift = objective.logOdds(direction)
    var step = 1.0
    for _ in 0..<40 {
      let moved = zip(logOdds, shift).map { $0 + step * $1 }
      // What the step puts at 0 stays exactly there.
      let parameters = step == 1 ? full : zip(theta, direction).map { $0 + step * $1 }
      if value(parameters, moved) <= before + 0x1p-11 * step * foretold + 1e-13 * abs(before) {
        return (parameters, moved)
      }
      step /= 2
    }
    return nil
  }

  /// The largest component of the subgradient that is nearest to 0; NaN when one is.
  static func subgradientNorm(
    _ gradient: [Double], at theta: [Double], absolute: Double
  ) -> Double {
    var components = gradient
    for index in 0..<theta.count - 1 {
      let slope = gradient[index]
      components[index] =
        theta[index] > 0
        ? slope + absolute
        : theta[index] < 0
          ? slope - absolute : slope.isNaN ? .nan : max(0, abs(slope) - absolute)
    }
    return NewtonSolver.norm(components)
  }
}

/// What a proximal Newton step minimizes.
private struct QuadraticModel {
  let gradient: [Double]
  /// Symmetric, with the ridge, row-major.
  private var curvature: [Double]
  let absolute: Double
  private var order: Int { gradient.count }

  /// - Parameters:
  ///   - gradient: of the loss and the ridge; the intercept's is the last.
  ///   - curvature: the upper triangle, without the ridge.
  ///   - ridge: on all but the intercept.
  ///   - absolute: the penalty on absolute coefficients.
  init(gradient: [Double], curvature: [Double], ridge: Double, absolute: Double) {
    self.gradient = gradient
    self.curvature = curvature
    self.absolute = absolute
    let order = gradient.count
    for row in 0..<order {
      for column in row + 1..<max(order, row + 1) {
        self.curvature[column * order + row] = curvature[row * order + column]
      }
      if row < order - 1 { self.curvature[row * order + row] += ridge }
    }
  }

  /// The step d, by rounds over all coordinates; the intercept, the last, is free.
  ///
  /// - Parameters:
  ///   - theta: the parameters.
  ///   - tolerance: of what one coordinate's move changes in the gradient of the model.
  ///   - mostRounds: over all coordinates.
  /// - Returns: one move for each parameter.
  func step(from theta: [Double], until tolerance: Double, mostRounds: Int) -> [Double] {
    var moved = theta
    // gᵢ + (H·d)ᵢ.
    var slopes = gradient
    for _ in 0..<mostRounds {
      var largest = 0.0
      for index in 0..<order {
        let own = curvature[index * order + index]
        guard own > 0 else { continue }
        let free = moved[index] - slopes[index] / own
        let target =
          index == order - 1 ? free : Self.shrunk(free, by: absolute / own)
        let change = target - moved[index]
        guard change != 0 else { continue }
        moved[index] = target
        let base = index * order
        for other in 0..<order { slopes[other] += curvature[base + other] * change }
        largest = max(largest, abs(change) * own)
      }
      if !(largest > tolerance) { break }
    }
    return zip(moved, theta).map { $0 - $1 }
  }

  /// Towards 0 by a threshold, and no further.
  private static func shrunk(_ value: Double, by threshold: Double) -> Double {
    value > threshold ? value - threshold : value < -threshold ? value + threshold : 0
  }
}
