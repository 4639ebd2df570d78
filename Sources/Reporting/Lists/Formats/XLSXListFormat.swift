internal import Files
internal import History

/// A workbook for Excel and its like: the list, "Without usage", "Lost in the last 30 days", "About".
struct XLSXListFormat: ListFormat {
  static let name = "xlsx"

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    try workbook(
      [
        WorkbookSheet(list.kind == .all ? "All" : "At risk", .list(list.rows, of: document)),
        WorkbookSheet("Without usage", .withoutUsage(list.withoutUsage, of: document)),
        WorkbookSheet("Lost in the last \(AtRiskDocument.lostDays) days", .lost(list.lost)),
      ], about: ListAbout(list, of: document).sections, title: ListAbout.title(list), document
    ).write(to: &output)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    let all = RiskList(kind: .all, key: nil, rows: document.subscriptions)
    try workbook(
      [WorkbookSheet("Summary", .summary(summary))],
      about: ListAbout(all, of: document).sections, title: "Azure subscriptions at risk: summary",
      document
    ).write(to: &output)
  }

  private func workbook(
    _ sheets: [WorkbookSheet], about: [ListAbout.Section], title: String, _ document: AtRiskDocument
  ) -> Workbook {
    let day = CalendarDay(document.asOf) ?? CalendarDay(daysSinceEpoch: 0)
    return Workbook(
      sheets: sheets, about: about, title: title, maker: ListAbout.maker,
      secondsSinceEpoch: Int64(day.daysSinceEpoch) * 86_400,
      bands: document.ordersByRule ? (0.1, 0.2) : (document.medium, document.high))
  }
}
