internal import Files
internal import History
internal import Words

/// A workbook for Excel and its like: the list, "Without usage", "Lost in the last 30 days", "About", with
/// headings and words of ours in the document's language.
struct XLSXListFormat: ListFormat {
  static let name = "xlsx"

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    let language = document.language
    let lost = language.label(.sheetLost, numbers: [.windowDays: Double(AtRiskDocument.lostDays)])
    try workbook(
      [
        WorkbookSheet(
          language.label(list.kind == .all ? .sheetAll : .atRisk), .list(list.rows, of: document),
          language),
        WorkbookSheet(
          language.label(.withoutUsage), .withoutUsage(list.withoutUsage, of: document), language),
        WorkbookSheet(lost, .lost(list.lost), language),
      ], about: list, document
    ).write(to: &output)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    let language = document.language
    let profit = summary.profit.flatMap { profit in
      profit.rows == 0
        ? nil : [WorkbookSheet(language.label(.profitCurve), .profit(profit), language)]
    }
    try workbook(
      [WorkbookSheet(language.label(.summary), .summary(summary), language)] + (profit ?? []),
      about: .whole(document, as: .summary), document
    ).write(to: &output)
  }

  private func workbook(
    _ sheets: [WorkbookSheet], about list: RiskList, _ document: AtRiskDocument
  ) -> Workbook {
    let day = CalendarDay(document.asOf) ?? CalendarDay(daysSinceEpoch: 0)
    return Workbook(
      sheets: sheets, about: ListAbout(list, of: document).sections,
      title: ListAbout.title(list, in: document.language), language: document.language,
      secondsSinceEpoch: Int64(day.daysSinceEpoch) * 86_400,
      bands: document.ordersByRule || document.isConfined
        ? (0.1, 0.2) : (document.medium, document.high))
  }
}
