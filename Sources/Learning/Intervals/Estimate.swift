/// A figure with its 95 % interval.
package struct Estimate: Sendable, Hashable {
  /// nil where the figure is not defined.
  package var value: Double?
  /// Both nil where nothing can be told, as with one group.
  package var low: Double?
  package var high: Double?

  package init(_ value: Double?, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// Normal quantile of a two-sided 95 % interval.
  package static let normalQuantile = 1.959_963_984_540_054

  /// value ± 1.96 standard errors; without bounds when the error is not finite.
  package init(_ value: Double, standardError: Double) {
    self.init(value)
    guard standardError.isFinite, value.isFinite else { return }
    low = value - Self.normalQuantile * standardError
    high = value + Self.normalQuantile * standardError
  }

  /// Whether the intervals have no number in common; false where one is not known.
  package func liesApart(from other: Estimate) -> Bool {
    guard let low, let high, let otherLow = other.low, let otherHigh = other.high else {
      return false
    }
    return high < otherLow || low > otherHigh
  }
}
