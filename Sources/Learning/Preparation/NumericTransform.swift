internal import Glibc

/// What happens to the numbers of one raw column before they become design columns.
///
///     x → sign(x)·ln(1 + |x|)   when `isLogged`
///       → clipped to lowerClip … upperClip
///       → `fill` when x is unknown
package struct NumericTransform: Sendable, Equatable, Codable {
  /// Number of the raw column.
  package var rawColumn: Int

  /// Whether the signed logarithm is taken.
  package var isLogged: Bool

  /// Smallest value let through, after the logarithm.
  package var lowerClip: Double

  /// Largest value let through, after the logarithm.
  package var upperClip: Double

  /// The training median, after logarithm and clipping; stands in for unknown values.
  package var fill: Double

  package init(
    rawColumn: Int, isLogged: Bool, lowerClip: Double, upperClip: Double, fill: Double
  ) {
    self.rawColumn = rawColumn
    self.isLogged = isLogged
    self.lowerClip = lowerClip
    self.upperClip = upperClip
    self.fill = fill
  }

  /// The transformed number; NaN gives `fill`.
  package func callAsFunction(_ x: Double) -> Double {
    guard !x.isNaN else { return fill }
    let y = isLogged ? Self.signedLog(x) : x
    return min(max(y, lowerClip), upperClip)
  }

  static func signedLog(_ x: Double) -> Double { x < 0 ? -log1p(-x) : log1p(x) }

  /// Learns the transform of one column from its known training values.
  ///
  /// Clipping comes before everything else is counted, so a number that differs from the rest in
  /// less than one row of a hundred becomes constant and is dropped: too rare to be told from noise
  /// (on a table with twenty such columns this is worth .02 of AUC). A flag that must survive so
  /// small a share is better given as a category, whose levels need only 20 rows.
  ///
  /// - Parameters:
  ///   - known: Training values without the unknown ones, at least one.
  ///   - rawColumn: Number of the raw column.
  ///   - options: Limits.
  /// - Returns: The transform and the hinge knots, ascending, strictly between the clips.
  static func learn(
    known: [Double], rawColumn: Int, options: PreparationOptions
  ) -> (transform: NumericTransform, knots: [Double]) {
    // NaN, where squares overflow, is no skewness but calls for the logarithm all the more: it makes
    // 700 of the largest number there is.
    let isLogged = !(skewness(of: known) <= options.skewnessLimit)
    var sorted = known.sorted()
    // The signed logarithm is increasing, so the order stays.
    if isLogged { sorted = sorted.map(signedLog) }
    let lower = quantile(options.clipShare, ofSorted: sorted)
    let upper = quantile(1 - options.clipShare, ofSorted: sorted)
    sorted = sorted.map { min(max($0, lower), upper) }
    let transform = NumericTransform(
      rawColumn: rawColumn, isLogged: isLogged, lowerClip: lower, upperClip: upper,
      fill: quantile(0.5, ofSorted: sorted))
    let steps = zip(sorted, sorted.dropFirst()).count { $0 != $1 }
    guard steps + 1 >= options.minimumDistinctValues else { return (transform, []) }
    var knots: [Double] = []
    for part in 1..<options.hingeParts {
      let knot = quantile(Double(part) / Double(options.hingeParts), ofSorted: sorted)
      // A knot at the lower end would repeat the column, one at the upper end would be 0.
      if knot > (knots.last ?? lower) && knot < upper { knots.append(knot) }
    }
    return (transform, knots)
  }

  /// The third standardized moment m₃ / m₂^1.5; 0 for a constant, NaN where the moments overflow.
  static func skewness(of x: [Double]) -> Double {
    let n = Double(x.count)
    let mean = x.reduce(0, +) / n
    let m2 = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let m3 = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) } / n
    let spread = m2.squareRoot()
    if spread == 0 { return 0 }
    return spread.isFinite && m3.isFinite ? m3 / spread / spread / spread : .nan
  }
}
