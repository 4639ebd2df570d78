/// A table of features with what is needed to learn from it and to judge what was learned.
///
///     row | column 0 … column k | label | group | time
///      i  | x or NaN, or code   |  0/1  | whose |  when
///
/// Numbers only: a group is a customer and a time is a landmark day, but this room does not know
/// that. Columns share storage with whoever made them; subsets are lists of row numbers, so no
/// column is ever copied to select rows.
package struct Dataset: Sendable {
  /// One name per column, all different.
  package let columnNames: [String]

  /// The features; every column has `rowCount` rows.
  package let columns: [Column]

  /// 0 or 1 per row; nil when the outcome is not known yet (scoring).
  package let labels: [Double]?

  /// The group of each row, whose rows are not independent; nil: every row stands alone.
  package let groups: [Int32]?

  /// The time of each row, in the unit that an embargo is given in; nil: no order in time.
  package let times: [Int32]?

  /// Number of rows.
  package let rowCount: Int

  /// A dataset over the given columns.
  ///
  /// - Parameters:
  ///   - columnNames: One per column, all different.
  ///   - columns: Of one length; numbers finite or NaN, codes -1 ..< levels.count.
  ///   - labels: 0 or 1, or nil.
  ///   - groups: One number per row, or nil.
  ///   - times: One number per row, or nil.
  ///   - rowCount: Needed only when there are no columns and no labels.
  package init(
    columnNames: [String], columns: [Column], labels: [Double]? = nil, groups: [Int32]? = nil,
    times: [Int32]? = nil, rowCount: Int? = nil
  ) {
    let rowCount = rowCount ?? columns.first?.count ?? labels?.count ?? 0
    precondition(
      columnNames.count == columns.count && Set(columnNames).count == columnNames.count,
      "Learning: \(columnNames.count) different names needed for \(columns.count) columns")
    for (name, column) in zip(columnNames, columns) {
      precondition(
        column.count == rowCount,
        "Learning: column '\(name)' has \(column.count) rows, expected \(rowCount)")
      precondition(
        Self.isValid(column),
        "Learning: column '\(name)' holds an infinite number or a code outside its levels")
    }
    for (what, count) in [("labels", labels?.count), ("groups", groups?.count)]
      + [("times", times?.count)]
    {
      precondition(
        count == nil || count == rowCount, "Learning: \(what) do not have \(rowCount) rows")
    }
    precondition(
      labels?.allSatisfy { $0 == 0 || $0 == 1 } ?? true, "Learning: a label is neither 0 nor 1")
    self.columnNames = columnNames
    self.columns = columns
    self.labels = labels
    self.groups = groups
    self.times = times
    self.rowCount = rowCount
  }

  /// The labels of a dataset to learn from.
  ///
  /// - Precondition: the dataset has labels.
  package var knownLabels: [Double] {
    guard let labels else { preconditionFailure("Learning: the dataset has no labels") }
    return labels
  }

  /// The group of a row; its own number when there are no groups.
  package func group(ofRow row: Int) -> Int32 { groups?[row] ?? Int32(row) }

  /// How many different groups have a row with label 1 among `rows`.
  package func positiveGroupCount(in rows: some Sequence<Int>) -> Int {
    let labels = knownLabels
    var seen: Set<Int32> = []
    for row in rows where labels[row] == 1 { seen.insert(group(ofRow: row)) }
    return seen.count
  }

  private static func isValid(_ column: Column) -> Bool {
    switch column {
    case .numeric(let values): values.allSatisfy { !$0.isInfinite }
    case .categorical(let codes, let levels):
      Set(levels).count == levels.count && codes.allSatisfy { $0 >= -1 && $0 < levels.count }
    }
  }
}
