internal import Files

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
    let page = ListPage(title: ListAbout.title(list))
    var top = page.head
    ListPage.header(list, document, page: &top)
    let atRisk = list.rows.filter(\.isListed)
    let rows = Array(atRisk.prefix(ListPage.mostRows))
    Self.addHeading(shown: rows.count, of: atRisk.count, to: &top)
    try output.write(top.bytes)
    var header = document
    header.subscriptions = []
    header.excluded = []
    try inOrder(count: rows.count, size: Self.rowsOfPiece) { [header] range in
      var text = PageText()
      for index in range { PageRow(row: rows[index], document: header).append(to: &text) }
      return text.bytes
    } take: {
      try output.write($0)
    }
    var rest = PageText()
    if !rows.isEmpty { rest.add("</tbody></table>\n") }
    rest.add("</section>\n")
    ListPage.add(
      .withoutUsage(list.withoutUsage, of: document), title: "Without usage",
      caption: "Never used, or not for \(AtRiskDocument.withoutUsageDays) days and more"
        + Self.limit(list.withoutUsage.count),
      showing: ["customerName", "subscriptionName", "lastUsageDate", "daysWithoutUsage"],
      to: &rest)
    ListPage.add(
      .lost(list.lost), title: "Lost in the last \(AtRiskDocument.lostDays) days",
      caption: "Suspended or deprovisioned" + Self.limit(list.lost.count),
      showing: ["customerName", "subscriptionName", "status", "since"], to: &rest)
    ListPage.add(ListAbout(list, of: document), to: &rest)
    rest.add(page.foot)
    try output.write(rest.bytes)
  }

  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile
  ) throws {
    let all = RiskList(
      kind: .all, key: nil, rows: document.subscriptions, withoutUsage: document.rowsWithoutUsage,
      lost: document.rowsLost)
    let page = ListPage(title: "Azure subscriptions at risk: summary")
    var text = page.head
    ListPage.header(all, document, page: &text)
    ListPage.add(
      .summary(summary), title: "The lists", caption: "One line for each list",
      showing: [
        "list", summary.grouping.rawValue, "rows", "high", "medium", "expectedChurn",
      ], to: &text)
    ListPage.add(ListAbout(all, of: document), to: &text)
    text.add(page.foot)
    try output.write(text.bytes)
  }

  private static func limit(_ count: Int) -> String {
    count > ListPage.mostRows
      ? "; the first \(ShownNumber.grouped(ListPage.mostRows)) of \(ShownNumber.grouped(count))"
      : ""
  }

  private static func addHeading(shown: Int, of count: Int, to page: inout PageText) {
    page.add("<section><h2>At risk</h2>\n")
    guard count > 0 else { return page.add("<p class=\"mu\">Nothing is at risk.</p>\n") }
    page.add(ListPage.tools)
    page.add("<table id=\"list\" role=\"table\"><caption>")
    page.add(
      shown < count
        ? "The \(ShownNumber.grouped(shown)) riskiest of \(ShownNumber.grouped(count)); the workbook "
          + "and the CSV file have all of them"
        : "Riskiest first; the reasons are associated with churn, not its causes")
    page.add("</caption><thead role=\"rowgroup\"><tr role=\"row\">")
    let headings = [
      "#", "Customer and why", "Risk", "Change", "Value", "Expected loss", "Last used",
      "Next deadline",
    ]
    for heading in headings {
      let isNumber = ["#", "Value", "Expected loss"].contains(heading)
      page.add(
        "<th scope=\"col\" role=\"columnheader\"\(isNumber ? " class=\"n\"" : "")>\(heading)</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
  }
}
