/// The value of a leaf and what it is worth.
///
///     w* = −G / (H + λ)                                the least of  G·w + ½(H + λ)w²
///     w  = (n·w* + s·parent) / (n + s), then clipped to the bounds that monotone features set
///     worth(w) = −(2·G·w + (H + λ)·w²)                 G² / (H + λ) when w = w*
///
/// gain of a split = worth(left) + worth(right) − worth(leaf), twice the fall of the objective, as in
/// LightGBM. G and H are in steps of 2⁻¹⁴ here, so λ is too, and worth as well.
struct LeafValue: Sendable {
  /// λ in steps.
  var lambda: Double
  var smoothing: Double

  init(lambda: Double, smoothing: Double) {
    self.lambda = lambda / LossGradients.step
    self.smoothing = smoothing
  }

  /// The value of a leaf.
  func value(_ sums: GradientSums, _ conditions: LeafConditions) -> Double {
    let denominator = sums.hessianSteps + lambda
    var value = denominator > 0 ? -sums.gradientSteps / denominator : 0
    if smoothing > 0 {
      let n = Double(sums.count)
      value = (n * value + smoothing * conditions.value) / (n + smoothing)
    }
    return min(max(value, conditions.lower), conditions.upper)
  }

  /// What a leaf of that value is worth, in steps.
  func worth(_ sums: GradientSums, value: Double) -> Double {
    -(2 * sums.gradientSteps * value + (sums.hessianSteps + lambda) * value * value)
  }
}
