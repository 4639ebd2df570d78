internal import Glibc

/// Points and weights that integrate polynomials over [0, 1] exactly.
///
///     ∫₀¹ f(t) dt = Σ wᵢ f(tᵢ)          for every f of degree ≤ 2m − 1, with m points and all wᵢ > 0
///
/// The points are the roots of the Legendre polynomial Pₘ, found by Newton's method from
/// cos(π(i − ¼)/(m + ½)).
struct GaussLegendre: Sendable, Equatable {
  let points: [Double]
  let weights: [Double]

  private static let known = (1...16).map { GaussLegendre(count: $0) }

  /// The rule with `count` points, ≥ 1; short ones are computed only once.
  static func rule(_ count: Int) -> GaussLegendre {
    count <= known.count ? known[count - 1] : GaussLegendre(count: count)
  }

  /// Computes the rule with `count` points, ≥ 1.
  init(count: Int) {
    var points: [Double] = []
    var weights: [Double] = []
    for index in 1...count {
      var x = cos(.pi * (Double(index) - 0.25) / (Double(count) + 0.5))
      var slope = 1.0
      // Converges quadratically; a few steps more than are ever needed.
      for _ in 0..<12 {
        var (before, now) = (1.0, x)
        for degree in stride(from: 2, through: count, by: 1) {
          let n = Double(degree)
          (before, now) = (now, ((2 * n - 1) * x * now - (n - 1) * before) / n)
        }
        slope = Double(count) * (x * now - before) / (x * x - 1)
        x -= now / slope
      }
      points.append((1 - x) / 2)
      weights.append(1 / ((1 - x * x) * slope * slope))
    }
    self.points = points
    self.weights = weights
  }
}
