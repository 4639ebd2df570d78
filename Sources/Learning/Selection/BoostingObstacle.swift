/// Why boosted trees cannot be fitted, so that the linear model stands alone.
package enum BoostingObstacle: Sendable, Hashable, CustomStringConvertible {
  /// All rows, or all of one label, are one group: nothing could be held out to choose the number of trees by.
  case oneGroup
  /// More rows than trees count.
  case tooManyRows(Int)

  /// Rows that trees count in 24 bits.
  package static let rowLimit = 1 << 24

  /// What stands in the way of so many training rows, held out in that way; nil when nothing does.
  ///
  /// Without a scheme only the number of rows is judged, which is known before the work begins.
  package init?(rows: Int, scheme: SelectionScheme? = nil) {
    if rows >= Self.rowLimit {
      self = .tooManyRows(rows)
    } else if scheme == .resubstitution {
      self = .oneGroup
    } else {
      return nil
    }
  }

  /// A clause.
  package var description: String {
    switch self {
    case .oneGroup:
      "all training rows, or all of one label, are of one group, so no rows could be held out to choose the "
        + "number of trees by"
    case .tooManyRows(let rows):
      "there are \(rows) training rows, and trees are fitted on fewer than \(Self.rowLimit)"
    }
  }
}
