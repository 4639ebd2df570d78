extension TableError {
  /// What can be wrong with the column to predict.
  package enum LabelProblem: Sendable, Hashable {
    /// Empty in `rows` rows that are used, first at the error's line.
    case missing(column: String, rows: Int)
    case oneClass(column: String)
    case moreThanTwoClasses(column: String)
    /// Two values, but neither 0/1 nor a known pair of words, and no `--positive`.
    case unknownClasses(column: String)
    case positiveNotFound(column: String)
  }
}

extension TableError.LabelProblem {
  var words: TableError.Words {
    switch self {
    case .missing(let column, let rows):
      .init(
        "the label \(quoted(column)) is missing in \(counted(rows, "row")), first here",
        expected: "a value in every row that is used",
        remedy: "Fill it in, remove the rows, or give them fold -2, which is never used.")
    case .oneClass(let column):
      .init(
        "the label \(quoted(column)) has the same value in every row that is used",
        expected: "two values, one for each outcome",
        remedy: "Check the label, and how the rows were chosen.")
    case .moreThanTwoClasses(let column):
      .init(
        "the label \(quoted(column)) has a third value here",
        expected: "exactly two, one for each outcome",
        remedy: "Join the values into two, or name another column with --label.")
    case .unknownClasses(let column):
      .init(
        "the two values of the label \(quoted(column)) do not say which of them is the event",
        expected: "1 and 0, true and false, or yes and no",
        remedy: "Name the event's value with --positive.")
    case .positiveNotFound(let column):
      .init(
        "no row of the label \(quoted(column)) has the value that --positive names",
        expected: "one of the label's two values, spelt as in the table",
        remedy: "Correct --positive.")
    }
  }
}
