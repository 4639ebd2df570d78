internal import Glibc

/// The regularised incomplete beta function: how likely a beta-distributed share is at most `x`.
///
///     I(x; a, b) = ∫₀ˣ tᵃ⁻¹(1 − t)ᵇ⁻¹ dt / B(a, b)
///
/// By the continued fraction of DLMF 8.17.22 (https://dlmf.nist.gov/8.17), evaluated with Lentz's method; above
/// its mean by the reflection I(x; a, b) = 1 − I(1 − x; b, a), where the fraction converges quickly.
enum IncompleteBeta {
  /// - Parameters:
  ///   - x: below 0 counts as 0, above 1 as 1.
  ///   - a: > 0.
  ///   - b: > 0.
  /// - Returns: 0 … 1, to about 1e-14.
  static func regularised(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "Learning: a beta distribution of \(a) and \(b)")
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - regularised(1 - x, b, a) }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front / fraction(x, a, b)
  }

  /// 1 + d₁/(1 + d₂/(1 + …)).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func safe(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var (f, c, d) = (1.0, 1.0, 0.0)
    for step in 1...500 {
      let m = Double(step / 2)
      let term =
        step.isMultiple(of: 2)
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + term * d)
      c = safe(1 + term / c)
      f *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return f
  }
}
