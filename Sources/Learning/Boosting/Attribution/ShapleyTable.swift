/// The Shapley values of the game of one leaf for every pattern of answers at once.
///
/// See `ShapleyValues` for the formula. The product over j ≠ i is one of the players before i times one
/// of those behind: both are built by doubling, so a pattern costs one multiplication per player and
/// point instead of a product.
///
///     before[i]   2ⁱ patterns of players 0 ..< i           behind[i]   2ᵏ⁻ⁱ patterns of players i ..< k
enum ShapleyTable {
  /// (2ᵏ, k): line p has the values when player i's answers lead to the leaf where bit i of p is set.
  ///
  /// - Parameters:
  ///   - value: Of the leaf.
  ///   - shares: zᵢ of k players.
  /// - Returns: 2ᵏ·k numbers, line after line.
  static func values(value: Double, shares: [Double]) -> [Double] {
    let count = shares.count
    guard count > 0 else { return [] }
    let rule = GaussLegendre.rule((count + 1) / 2)
    let points = rule.points.count

    /// The factors of a player at the points, first those of a wrong answer.
    let factors = shares.map { share in
      rule.points.map { (1 - $0) * share } + rule.points.map { $0 + (1 - $0) * share }
    }
    var behind = [[Double]](repeating: [1], count: count + 1)
    behind[count] = [Double](repeating: 1, count: points)
    for player in (0..<count).reversed() {
      let next = behind[player + 1]
      var now: [Double] = []
      now.reserveCapacity(2 * next.count)
      for high in 0..<next.count / points {
        for answer in 0...1 {
          for point in 0..<points {
            now.append(next[high * points + point] * factors[player][answer * points + point])
          }
        }
      }
      behind[player] = now
    }
    var before = rule.weights
    var table = [Double](repeating: 0, count: count << count)
    for player in 0..<count {
      let after = behind[player + 1]
      for high in 0..<1 << (count - player - 1) {
        for low in 0..<1 << player {
          var integral = 0.0
          for point in 0..<points {
            integral += before[low * points + point] * after[high * points + point]
          }
          let line = low | high << (player + 1)
          table[line * count + player] = value * (0 - shares[player]) * integral
          table[(line | 1 << player) * count + player] =
            value * (1 - shares[player]) * integral
        }
      }
      var next: [Double] = []
      next.reserveCapacity(2 * before.count)
      for answer in 0...1 {
        for low in 0..<1 << player {
          for point in 0..<points {
            next.append(before[low * points + point] * factors[player][answer * points + point])
          }
        }
      }
      before = next
    }
    return table
  }
}
