/// The best of the splits of one leaf by one feature, so far.
struct SplitSearch {
  struct Found {
    var left: GradientSums
    /// Bin of a numeric feature; place in the order of levels.
    var place: Int
    var missingGoesLeft: Bool
  }

  private let total: GradientSums
  private let rule: LeafValue
  private let conditions: LeafConditions
  private let direction: Int
  private let isPlain: Bool
  private let minimumRows: Int
  private let minimumHessian: Double
  private let totalGradient: Double
  private let totalHessian: Double
  private let ownWorth: Double
  private var bestWorth: Double

  /// The best so far.
  private(set) var best: Found?

  init(
    total: GradientSums, rule: LeafValue, settings: BoostingSettings, minimumHessian: Double,
    direction: Int, conditions: LeafConditions
  ) {
    self.total = total
    self.rule = rule
    self.conditions = conditions
    self.direction = direction
    self.minimumHessian = minimumHessian
    minimumRows = settings.minimumLeafRows
    // Then the worth of a side is G²/(H + λ), whatever the other side is.
    isPlain =
      direction == 0 && rule.smoothing == 0 && conditions.lower == -.infinity
      && conditions.upper == .infinity
    totalGradient = total.gradientSteps
    totalHessian = total.hessianSteps
    ownWorth = rule.worth(total, value: rule.value(total, conditions))
    bestWorth = ownWorth + settings.minimumGain / LossGradients.step
    // Rounding must not make a gain of nothing.
    bestWorth += abs(bestWorth) * 1e-12
  }

  /// Keeps a split if it is better than the best so far and leaves enough on both sides.
  @inline(__always)
  mutating func consider(_ left: GradientSums, place: Int, missingGoesLeft: Bool) {
    let leftCount = left.count
    guard leftCount >= minimumRows, total.count &- leftCount >= minimumRows else { return }
    let h = left.hessianSteps
    guard h >= minimumHessian, totalHessian - h >= minimumHessian else { return }
    let worth: Double
    if isPlain {
      // One division for both sides.
      let g = left.gradientSteps
      let a = h + rule.lambda
      let b = totalHessian - h + rule.lambda
      let other = totalGradient - g
      worth = (g * g * b + other * other * a) / (a * b)
    } else {
      let right = total - left
      let leftValue = rule.value(left, conditions)
      let rightValue = rule.value(right, conditions)
      guard Double(direction) * (rightValue - leftValue) >= 0 else { return }
      worth = rule.worth(left, value: leftValue) + rule.worth(right, value: rightValue)
    }
    guard worth > bestWorth else { return }
    bestWorth = worth
    best = Found(left: left, place: place, missingGoesLeft: missingGoesLeft)
  }

  /// The split with its gain and the values of its sides.
  func candidate(_ found: Found, feature: Int, rule splitRule: SplitRule) -> SplitCandidate {
    let right = total - found.left
    return SplitCandidate(
      feature: feature, rule: splitRule, gain: (bestWorth - ownWorth) * LossGradients.step,
      left: found.left, right: right, leftValue: rule.value(found.left, conditions),
      rightValue: rule.value(right, conditions))
  }
}
