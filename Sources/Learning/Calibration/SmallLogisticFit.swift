internal import Glibc

/// Maximum-likelihood logistic fits with one to three parameters and an offset, for calibration.
///
///     minimize Σ [softplus(ηᵢ) − tᵢ·ηᵢ],   ηᵢ = offsetᵢ + Σⱼ θⱼ·xᵢⱼ,   targets tᵢ in [0, 1]
///
/// Newton with step halving; these problems are tiny, so no BLAS. Nil when the optimum is not finite
/// (the columns separate the classes) or not unique.
enum SmallLogisticFit {
  /// The maximum-likelihood parameters.
  ///
  /// - Parameters:
  ///   - columns: One array per parameter, of one length; a constant 1 gives an intercept.
  ///   - offsets: Added to η with factor 1.
  ///   - targets: In [0, 1]; need not be whole.
  ///   - start: Where to start, one number per column.
  /// - Returns: One number per column; nil when there is no finite, unique optimum.
  static func parameters(
    columns: [[Double]], offsets: [Double], targets: [Double], start: [Double]
  ) -> [Double]? {
    let order = columns.count
    var theta = start
    var value = objective(columns, offsets, targets, theta)
    for _ in 0..<200 {
      var gradient = [Double](repeating: 0, count: order)
      var hessian = [Double](repeating: 0, count: order * order)
      for row in targets.indices {
        let p = Logistic.probability(logOdds: logOdds(columns, offsets, theta, row))
        for i in 0..<order {
          gradient[i] += (p - targets[row]) * columns[i][row]
          for j in i..<order {
            hessian[i * order + j] += p * (1 - p) * columns[i][row] * columns[j][row]
          }
        }
      }
      let scale = Double(targets.count)
      if gradient.allSatisfy({ abs($0) <= 1e-10 * scale }) { return theta }
      guard let factor = try? Cholesky(upperTriangle: hessian, order: order) else { return nil }
      let direction = factor.solve(gradient)
      var step = 1.0
      var moved = false
      while step > 1e-10, !moved {
        let next = zip(theta, direction).map { $0 - step * $1 }
        let nextValue = objective(columns, offsets, targets, next)
        // Near the optimum the differences are rounding noise of the sum: hence the slack.
        if nextValue <= value + 1e-12 * abs(value) {
          (theta, value, moved) = (next, nextValue, true)
        }
        step /= 2
      }
      // Beyond this the fit runs off to infinity: the classes are separated.
      guard moved, theta.allSatisfy({ abs($0) < 1e4 }) else { return nil }
    }
    return nil
  }

  /// Σ [softplus(η) − t·η].
  static func objective(
    _ columns: [[Double]], _ offsets: [Double], _ targets: [Double], _ theta: [Double]
  ) -> Double {
    targets.indices.reduce(0) { sum, row in
      let eta = logOdds(columns, offsets, theta, row)
      return sum + Logistic.softplus(eta) - targets[row] * eta
    }
  }

  private static func logOdds(
    _ columns: [[Double]], _ offsets: [Double], _ theta: [Double], _ row: Int
  ) -> Double {
    var eta = offsets[row]
    for (column, factor) in zip(columns, theta) { eta += factor * column[row] }
    return eta
  }
}
