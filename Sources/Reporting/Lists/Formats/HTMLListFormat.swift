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

  var context = ListContext()

  func telling(_ context: ListContext) -> any ListFormat { HTMLListFormat(context: context) }

  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws {
    let language = document.language
    let page = ListPage(list, of: document, context)
    let rows = page.shownRows
    var top = page.head
    page.addHeader(to: &top)
    page.addHeading(to: &top)
    try output.write(top.bytes)
    try inOrder(count: rows.count, size: Self.rowsOfPiece) { range in
      var text = PageText()
      for index in range { rows[index].append(to: &text) }
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
      showing: ["customerName", "subscriptionName", "status", "since", "change"], to: &rest)
    page.addAbout(to: &rest)
    rest.add(page.foot)
    try output.write(rest.bytes)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    let language = document.language
    let page = ListPage(.whole(document, as: .summary), of: document, context)
    var text = page.head
    page.addHeader(to: &text)
    page.add(
      .summary(summary), title: language.label(.theLists), caption: language.label(.captionLists),
      showing: [
        "list", summary.grouping.rawValue, "partnerName", "rows", "high", "medium", "expectedChurn",
      ], to: &text)
    if let profit = summary.profit, profit.rows > 0 {
      page.add(
        .profit(profit), title: language.label(.profitCurve), caption: profit.caption(in: language),
        showing: ["contacts", "expectedProfit", "currency"], to: &text)
    }
    page.addAbout(to: &text)
    text.add(page.foot)
    try output.write(text.bytes)
  }
}
