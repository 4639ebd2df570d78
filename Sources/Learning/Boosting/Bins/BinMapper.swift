/// How the values of one feature become bin numbers that fit a byte.
///
///     bin 0                missing, or a level that training did not show
///     numeric              bin b ≥ 1 holds ends[b − 2] < x ≤ ends[b − 1]
///     categorical          bin b ≥ 1 is level b − 1
package enum BinMapper: Sendable, Equatable {
  /// The ends of all bins but the last, ascending, at most 254.
  case numeric(ends: [Double])

  /// How many levels, at most 255.
  case categorical(levelCount: Int)

  /// Number of bins with bin 0, 1 … 256.
  package var binCount: Int {
    switch self {
    case .numeric(let ends): ends.count + 2
    case .categorical(let levelCount): levelCount + 1
    }
  }
}
