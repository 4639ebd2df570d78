/// The Shapley values of the game of one leaf.
///
///     φᵢ = value · (oᵢ − zᵢ) · ∫₀¹ Π_{j ≠ i} (t·oⱼ + (1 − t)·zⱼ) dt
///
/// The integrand is a polynomial of degree k − 1 in t, so ⌈k/2⌉ Gauss–Legendre points are exact; all
/// terms are products of numbers in [0, 1], so nothing cancels, however long the path. The integral is
/// Owen's form of the Shapley value (1972), https://doi.org/10.1287/mnsc.18.5.64
struct ShapleyValues {
  private var factors: [Double]
  private var behind: [Double]

  /// For games of at most `playerCount` players.
  init(playerCount: Int) {
    factors = [Double](repeating: 0, count: playerCount)
    behind = [Double](repeating: 1, count: playerCount + 1)
  }

  /// The values of all players.
  ///
  /// - Parameters:
  ///   - value: Of the leaf.
  ///   - shares: zᵢ of k players.
  ///   - satisfied: oᵢ of k players.
  ///   - result: At least k long; its first k are overwritten.
  mutating func values(
    value: Double, shares: [Double], satisfied: [Bool], into result: inout [Double]
  ) {
    let count = shares.count
    precondition(
      satisfied.count == count && result.count >= count && factors.count >= count,
      "Learning: \(satisfied.count) answers in a game of \(count)")
    for player in 0..<count { result[player] = 0 }
    guard count > 0 else { return }
    let rule = GaussLegendre.rule((count + 1) / 2)
    behind[count] = 1
    for point in rule.points.indices {
      let t = rule.points[point]
      for player in 0..<count {
        factors[player] = (satisfied[player] ? t : 0) + (1 - t) * shares[player]
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
      result[player] *= value * ((satisfied[player] ? 1 : 0) - shares[player])
    }
  }
}
