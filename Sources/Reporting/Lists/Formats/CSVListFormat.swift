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

  var style = CSVStyle.plain

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    try style.write(.list(list.rows, of: document), to: &output)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    try style.write(.summary(summary), to: &output)
  }
}
