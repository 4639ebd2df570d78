package import Files

extension AnalyticsAnswer {
  /// Writes a header and the rows as CSV: ISO days, decimal points, empty for null.
  ///
  /// Texts are those of others, so none of them can be a formula.
  package func writeCSV(to file: OutputFile) throws {
    var writer = DelimitedWriter(file)
    try writer.write(columns.map(\.name))
    for row in rows {
      try writer.write(
        row.map { value -> DelimitedWriter.Cell in
          switch value {
          case .null: .empty
          case .text(let text): .text(text)
          case .boolean(let flag): .bool(flag)
          case .day(let day): .word("\(day)")
          case .number(let number): wholeNumber(number).map { .integer($0) } ?? .number(number)
          }
        })
    }
  }
}
