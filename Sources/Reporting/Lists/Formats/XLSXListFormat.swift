internal import Files
internal import History
internal import Words

/// A workbook for Excel and its like: the list, "Without usage", "Lost in the last 30 days", "About", with
/// headings and words of ours in the document's language.
struct XLSXListFormat: ListFormat {
  static let name = "xlsx"

  var context = ListContext()

  func telling(_ context: ListContext) -> any ListFormat { XLSXListFormat(context: context) }

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    let language = document.language
    let lost = language.label(.sheetLost, numbers: [.windowDays: Double(AtRiskDocument.lostDays)])
    try workbook(
      [
        WorkbookSheet(
          language.label(list.kind == .all ? .sheetAll : .toWorkThrough),
          .sheet(list.rows, of: document), leading: Self.leading, language),
        WorkbookSheet(
          language.label(.withoutUsage), .withoutUsage(list.withoutUsage, of: document),
          leading: [
            "customerName", "subscriptionName", "lastUsageDate", "daysWithoutUsage", "partnerName",
            "accountManager",
          ], language),
        WorkbookSheet(
          lost, .lost(list.lost),
          leading: [
            "customerName", "subscriptionName", "status", "since", "change", "partnerName",
            "accountManager",
          ], language),
      ], about: list, document
    ).write(to: &output)
  }

  /// What is read first, and printed: who, how likely, why, until when.
  private static let leading = [
    "rank", "customerName", "subscriptionName", "riskBand", "ruleScore", "churnProbability",
    "change", "reason1", "lastUsageDate", "nextDeadline", "listedBecause",
  ]

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    let language = document.language
    let profit = summary.profit.flatMap { profit in
      profit.rows == 0 ? nil : [sheet(language.label(.profitCurve), .profit(profit), language)]
    }
    try workbook(
      [sheet(language.label(.summary), .summary(summary), language)] + (profit ?? []),
      about: .whole(document, as: .summary), document
    ).write(to: &output)
  }

  /// A small table, of which every column is read and printed.
  private func sheet(_ name: String, _ table: ListTable, _ language: Language) -> WorkbookSheet {
    WorkbookSheet(name, table, leading: table.columns.map(\.name), language)
  }

  private func workbook(
    _ sheets: [WorkbookSheet], about list: RiskList, _ document: AtRiskDocument
  ) -> Workbook {
    let day = CalendarDay(document.asOf) ?? CalendarDay(daysSinceEpoch: 0)
    return Workbook(
      sheets: sheets, about: ListAbout(list, of: document, context).sections,
      title: ListAbout.title(list, in: document.language), language: document.language,
      secondsSinceEpoch: Int64(day.daysSinceEpoch) * 86_400,
      bands: document.ordersByRule || document.isConfined
        ? (0.1, 0.2) : (document.medium, document.high))
  }
}
