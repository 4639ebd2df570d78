internal import Files

/// Comma-separated values (RFC 4180, UTF-8): the columns of `ListColumn`, ISO dates, decimal points.
///
/// ```
/// rank,subscriptionId,subscriptionName,…
/// 1,3f2c…,Production,…
/// ```
/// Text that somebody else wrote is neutralised, so that a spreadsheet shows it and never runs it.
struct CSVListFormat: ListFormat {
  static let name = "csv"

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    var writer = DelimitedWriter(output)
    try writer.write(ListColumn.all.map(\.name))
    for row in list.rows { try writer.write(ListColumn.all.map { $0.cell(row, document) }) }
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    var writer = DelimitedWriter(output)
    try writer.write(
      ["list", summary.grouping.rawValue, "rows", "high", "medium", "expectedChurn"])
    for line in summary.lines {
      try writer.write([
        .word(line.kind.rawValue), .text(or: line.key), .integer(line.rows), .integer(line.high),
        .integer(line.medium), .optional(line.expectedChurn),
      ])
    }
  }
}
