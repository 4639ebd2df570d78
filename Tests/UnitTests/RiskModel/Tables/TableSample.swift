import Files

@testable import RiskModel

/// A table from its text, as if it were the file `t.csv`.
func textTable(_ text: String) throws(TableError) -> TextTable {
  try TextTable(bytes: Array(text.utf8), path: "t.csv")
}

/// A table of one column `c` with the given cells; the first is on line 2.
func columnTable(_ cells: [String], delimiter: String = ",") throws -> TextTable {
  let fields = cells.map { "\(DelimitedWriter.field($0, delimiter: Character(delimiter)))" }
  return try textTable(
    "c\(delimiter)row\n"
      + fields.enumerated().map { "\($0.element)\(delimiter)\($0.offset)\n" }.joined())
}

/// The error of such a table at a line.
func tableError(_ problem: TableError.Problem, line: Int? = nil) -> TableError {
  TableError(path: "t.csv", line: line, problem)
}

/// A labelled table from its text.
func labelledTable(
  _ text: String, label: String = "y", _ change: (inout ColumnRoles) -> Void = { _ in }
) throws -> LabelledTable {
  var roles = ColumnRoles(label: label)
  change(&roles)
  return try LabelledTable(textTable(text), roles: roles)
}
