/// The Shapley values of the game of one leaf.
///
///     φᵢ = value · (oᵢ − zᵢ) · ∫₀¹ Π_{j ≠ i} (t·oⱼ + (1 − t)·zⱼ) dt
///
/// The integrand is a polynomial of degree k − 1 in t, so ⌈k/2⌉ Gauss–Legendre points are exact; all
/// terms are products of numbers in [0, 1], so nothing cancels, however long the path. The integral is
/// Owen's form of the Shapley value (1972), https://doi.org/10.1287/mnsc.18.5.64
struct ShapleyValues: Sendable {
  private let rules: [GaussLegendre]

  /// For games of at most `playerCount` players.
  init(playerCount: Int) {
    rules = (0...(playerCount + 1) / 2).map { GaussLegendre(count: max(1, $0)) }
  }

  /// The values of all players.
  ///
  /// - Parameters:
  ///   - value: Of the leaf.
  ///   - shares: zᵢ of k players.
  ///   - isSatisfied: oᵢ of player i.
  ///   - result: At least k long; its first k are overwritten.
  func values(
    value: Double, shares: [Double], isSatisfied: (Int) -> Bool, into result: inout [Double]
  ) {
    let count = shares.count
    for player in 0..<count { result[player] = 0 }
    guard count > 0 else { return }
    let rule = rules[(count + 1) / 2]
    var factors = [Double](repeating: 0, count: count)
    var behind = [Double](repeating: 1, count: count + 1)
    for point in rule.points.indices {
      let t = rule.points[point]
      for player in 0..<count {
        factors[player] = (isSatisfied(player) ? t : 0) + (1 - t) * shares[player]
      }
      for player in (0..<count).reversed() {
        behind[player] = behind[player + 1] * factors[player]
      }
      var before = rule.weights[point]
      for player in 0..<count {
        result[player] += before * behind[player + 1]
        before *= factors[player]
      }
    }
    for player in 0..<count {
      result[player] *= value * ((isSatisfied(player) ? 1 : 0) - shares[player])
    }
  }
}
