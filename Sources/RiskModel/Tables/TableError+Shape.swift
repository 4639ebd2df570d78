extension TableError {
  /// What can be wrong with header and rows.
  package enum ShapeProblem: Sendable, Hashable {
    case noHeader
    case noRows
    /// `position` from 1.
    case unnamedColumn(position: Int)
    case repeatedColumn(String, first: Int, second: Int)
    case raggedRow(cells: Int, columns: Int)
    /// `option` names a column that the header does not have.
    case missingColumn(String, option: String, nearest: String?)
  }
}

extension TableError.ShapeProblem {
  var words: TableError.Words {
    switch self {
    case .noHeader:
      .init(
        "the table is empty", expected: "a line with the names of the columns",
        remedy: "Check the file.")
    case .noRows:
      .init(
        "the table has a header but no rows", expected: "at least one row below it",
        remedy: "Check the file.")
    case .unnamedColumn(let position):
      .init(
        "column \(position) has no name", expected: "a name for every column",
        remedy: "Name it, or leave it out where the file is made (row numbers: index=False in "
          + "pandas, row.names = FALSE in R).")
    case .repeatedColumn(let name, let first, let second):
      .init(
        "columns \(first) and \(second) are both named \(quoted(name))",
        expected: "a name of its own for every column", remedy: "Rename one of them.")
    case .raggedRow(let cells, let columns):
      .init(
        "the row has \(counted(cells, "cell")), the header \(counted(columns, "column"))",
        expected: "as many cells as columns",
        remedy: "Correct the row; a cell that holds the separator or a line break must be in "
          + "double quotes.")
    case .missingColumn(let name, let option, let nearest):
      .init(
        "the table has no column \(quoted(name)), which \(option) names",
        expected: "the name of a column, spelt as in the header",
        remedy: nearest.map { "Did you mean \(quoted($0))?" } ?? "Check the option and the header.")
    }
  }
}
