/// The values of one feature for every row of a dataset.
package enum Column: Sendable, Equatable {
  /// Numbers; NaN means unknown, infinities are not allowed.
  case numeric([Double])

  /// Level numbers into `levels`; -1 means unknown.
  case categorical(codes: [Int32], levels: [String])

  /// Number of rows.
  package var count: Int {
    switch self {
    case .numeric(let values): values.count
    case .categorical(let codes, _): codes.count
    }
  }
}
