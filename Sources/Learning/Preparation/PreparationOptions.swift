/// Limits of the preparation; the defaults are the ones the measured figures stand on.
package struct PreparationOptions: Sendable, Equatable {
  /// Columns whose skewness exceeds this go through the signed logarithm; default 2.
  package var skewnessLimit: Double = 2

  /// Numbers are clipped to the quantiles at this share and at one minus it; default 0.01.
  package var clipShare: Double = 0.01

  /// Hinges sit at the interior quantiles that cut a column in this many parts; default 6.
  package var hingeParts: Int = 6

  /// Columns with fewer different values after clipping get no hinges; default 4.
  package var minimumDistinctValues: Int = 4

  /// A level, a pool of levels or a missing indicator needs this many rows; default 20.
  package var minimumLevelRows: Int = 20

  /// A column known in a smaller share of the rows is dropped; default 0.01.
  package var minimumKnownShare: Double = 0.01

  package init() {}

  /// The defaults.
  package static let standard = PreparationOptions()
}
