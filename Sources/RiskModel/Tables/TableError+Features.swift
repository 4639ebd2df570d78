extension TableError {
  /// What can be wrong with the columns to learn from.
  package enum FeatureProblem: Sendable, Hashable {
    case none
    /// Numbers in (almost) all rows of the column, text in `texts` of them.
    case textAmongNumbers(column: String, texts: Int, numbers: Int)
    case infiniteNumber(column: String)
    case allConstant(columns: Int)
    case moreThanRows(columns: Int, rows: Int)
  }
}

extension TableError.FeatureProblem {
  var words: TableError.Words {
    switch self {
    case .none:
      .init(
        "no column is left to learn from",
        expected: "at least one besides those that options name",
        remedy: "Check the header, and what is ignored.")
    case .textAmongNumbers(let column, let texts, let numbers):
      .init(
        "column \(quoted(column)) holds numbers in \(counted(numbers, "row")) and text in "
          + "\(texts), first here",
        expected: "a number with a decimal point, or an empty cell where it is not known",
        remedy: "Correct the \(texts == 1 ? "cell" : "cells"), take the column as text with "
          + "--categorical, or leave it out with --ignore.")
    case .infiniteNumber(let column):
      .init(
        "column \(quoted(column)) holds an infinite number", expected: "a finite number",
        remedy: "Empty the cell if the value is not known, or leave the column out with --ignore.")
    case .allConstant(let columns):
      .init(
        columns == 1
          ? "the only feature is the same in every row"
          : "each of the \(columns) features is the same in every row",
        expected: "at least one that differs",
        remedy: "Check how the table was made, and what is ignored.")
    case .moreThanRows(let columns, let rows):
      .init(
        "there are \(counted(columns, "feature")) but only \(counted(rows, "row")) to learn from",
        expected: "at least as many rows as features",
        remedy: "Add rows, or leave columns out with --ignore; if rows and columns are swapped, "
          + "transpose the table.")
    }
  }
}
