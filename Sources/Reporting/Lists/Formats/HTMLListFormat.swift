internal import Files
internal import Words

/// A page for each list: for the screen, the telephone and paper.
///
/// It shows rows at risk, at most `ListPage.mostRows`, and says so; the other formats have all.
struct HTMLListFormat: ListFormat {
  static let name = "html"

  private static let rowsOfPiece = 128

  func rowCount(of list: RiskList) -> Int {
    min(list.rows.count(where: \.isListed), ListPage.mostRows)
  }

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    let language = document.language
    let page = ListPage(list, in: language)
    var top = page.head
    page.addHeader(list, document, to: &top)
    let atRisk = list.rows.filter(\.isListed)
    let rows = Array(atRisk.prefix(ListPage.mostRows))
    page.addHeading(shown: rows.count, of: atRisk.count, to: &top)
    try output.write(top.bytes)
    var header = document
    header.subscriptions = []
    header.excluded = []
    try inOrder(count: rows.count, size: Self.rowsOfPiece) { [header] range in
      var text = PageText()
      for index in range {
        PageRow(row: rows[index], document: header, language: language).append(to: &text)
      }
      return text.bytes
    } take: {
      try output.write($0)
    }
    var rest = PageText()
    if !rows.isEmpty { rest.add("</tbody></table>\n") }
    rest.add("</section>\n")
    page.add(
      .withoutUsage(list.withoutUsage, of: document), title: language.label(.withoutUsage),
      caption: language.label(
        .captionWithoutUsage, numbers: [.windowDays: Double(AtRiskDocument.withoutUsageDays)]),
      showing: ["customerName", "subscriptionName", "lastUsageDate", "daysWithoutUsage"],
      to: &rest)
    page.add(
      .lost(list.lost),
      title: language.label(.lostLately, numbers: [.windowDays: Double(AtRiskDocument.lostDays)]),
      caption: language.label(.captionLost),
      showing: ["customerName", "subscriptionName", "status", "since"], to: &rest)
    page.add(ListAbout(list, of: document), to: &rest)
    rest.add(page.foot)
    try output.write(rest.bytes)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    let all = RiskList.whole(document, as: .summary)
    let page = ListPage(all, in: document.language)
    var text = page.head
    page.addHeader(all, document, to: &text)
    page.add(
      .summary(summary), title: document.language.label(.theLists),
      caption: document.language.label(.captionLists),
      showing: [
        "list", summary.grouping.rawValue, "rows", "high", "medium", "expectedChurn",
      ], to: &text)
    if let profit = summary.profit, profit.rows > 0 {
      page.add(
        .profit(profit), title: document.language.label(.profitCurve),
        caption: profit.caption(in: document.language),
        showing: ["contacts", "expectedProfit", "currency"], to: &text)
    }
    page.add(ListAbout(all, of: document), to: &text)
    text.add(page.foot)
    try output.write(text.bytes)
  }
}
