internal import Files

/// For whom comma-separated values are written.
package enum CSVStyle: Sendable {
  /// Programs: lines end with LF, no byte order mark.
  case plain
  /// Spreadsheets, which take UTF-8 for something else without a byte order mark; lines end with CR LF.
  case spreadsheet

  private var isForSpreadsheets: Bool { self == .spreadsheet }

  private static let itemsOfPiece = 256

  /// Writes a table with its heading, some hundred rows at a time, on all threads.
  func write(_ table: ListTable, to output: inout OutputFile) throws {
    if isForSpreadsheets { try output.write([0xEF, 0xBB, 0xBF]) }
    let usesCRLF = isForSpreadsheets
    var heading = DelimitedRows(usesCRLF: usesCRLF)
    for column in table.columns { heading.append(field: column.name) }
    heading.endRow()
    try output.write(heading.bytes)
    try inOrder(count: table.itemCount, size: Self.itemsOfPiece) { range in
      var rows = DelimitedRows(usesCRLF: usesCRLF)
      for item in range {
        for row in table.rows(item) {
          for cell in row { rows.append(cell) }
          rows.endRow()
        }
      }
      return rows.bytes
    } take: {
      try output.write($0)
    }
  }
}
