internal import Files

/// A page that needs nothing else: no other file, no network, no script to be read.
struct ListPage {
  /// At most so many rows of a table: browsers and people give up on more.
  static let mostRows = 1_000

  let title: String

  /// Everything before the content: the language, the policy, the style.
  var head: PageText {
    var page = PageText()
    let policy =
      "default-src 'none'; style-src \(PageHash.source(PageStyle.css)); script-src "
      + "\(PageHash.source(PageScript.source)); base-uri 'none'; form-action 'none'"
    page.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.add("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n")
    page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.add("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
    page.add(text: title)
    page.add("</title>\n<style>\(PageStyle.css)</style>\n</head>\n<body>\n")
    return page
  }

  var foot: String { "<script>\(PageScript.source)</script>\n</body>\n</html>\n" }

  /// The title and the figures at the top.
  static func header(_ list: RiskList, _ document: AtRiskDocument, page: inout PageText) {
    page.add("<header>\n<p class=\"mu\">Azure subscriptions at risk</p>\n<h1>")
    page.add(
      name: list.kind == .all ? "All account managers" : list.key ?? "Unassigned subscriptions")
    page.add("</h1>\n<p>As of <b>")
    page.add(name: document.asOf)
    page.add("</b>, usage through ")
    page.add(name: document.dataThrough)
    page.add(". ")
    page.add(text: document.churnText)
    page.add("</p>\n<ul class=\"facts\">")
    let rows = list.rows.filter(\.isListed)
    func fact(_ figure: String, _ words: String) {
      page.add("<li><b>\(figure)</b> \(words)</li>")
    }
    fact(ShownNumber.grouped(rows.count { $0.riskBand == "high" }), "high risk")
    fact(ShownNumber.grouped(rows.count { $0.riskBand == "medium" }), "medium risk")
    if document.model.learner != "rules" {
      let expected = rows.reduce(0) { $0 + ($1.churnProbability ?? 0) }
      fact(
        ShownNumber.decimals(expected, 1), "expected to be lost in \(document.horizonDays) days")
    }
    fact(ShownNumber.grouped(list.withoutUsage.count), "without usage")
    fact(ShownNumber.grouped(list.lost.count), "lost in \(AtRiskDocument.lostDays) days")
    page.add("</ul>\n")
    if !document.attention.isEmpty {
      page.add("<div class=\"note\"><b>Needs attention</b><ul>")
      for remark in document.attention {
        page.add("<li>")
        page.add(text: remark.text)
        page.add("</li>")
      }
      page.add("</ul></div>\n")
    }
    page.add("</header>\n<main>\n")
  }

  /// The heading of the list with search and order, which the script shows.
  static let tools = """
    <div class="tools" id="tools" hidden><label for="find">Search <input id="find" type="search"></label>
    <label for="order">Order <select id="order"><option value="rank">Risk</option>
    <option value="loss">Expected loss</option><option value="name">Customer</option>
    <option value="used">Last used, longest ago first</option></select></label>
    <span class="mu" id="count" role="status"></span></div>

    """

  /// A table of the catalog's kinds, for the small lists; at most `mostRows`.
  static func add(
    _ table: ListTable, title: String, caption: String, showing names: [String],
    to page: inout PageText
  ) {
    page.add("<section><h2>\(title)</h2>\n")
    guard table.rowCount > 0 else { return page.add("<p class=\"mu\">None.</p></section>\n") }
    let shown = table.columns.indices.filter { names.contains(table.columns[$0].name) }
    page.add("<table role=\"table\"><caption>\(caption)</caption><thead role=\"rowgroup\">")
    page.add("<tr role=\"row\">")
    for index in shown {
      page.add("<th scope=\"col\" role=\"columnheader\">\(table.columns[index].title)</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
    for item in 0..<min(table.itemCount, mostRows) {
      for cells in table.rows(item) {
        page.add("<tr role=\"row\">")
        for index in shown {
          let column = table.columns[index]
          let isHeader = index == shown.first
          page.add(
            isHeader ? "<th scope=\"row\" role=\"rowheader\" " : "<td role=\"cell\" ")
          page.add("data-l=\"\(column.title)\"><div>")
          switch cells[index] {
          case .text(let text), .word(let text): page.add(name: text)
          case .integer(let integer): page.add(ShownNumber.grouped(integer))
          case .number(let number): page.add(ShownNumber.decimals(number, 1))
          case .bool(let flag): page.add(flag ? "yes" : "no")
          case .empty: page.add("–")
          }
          page.add(isHeader ? "</div></th>" : "</div></td>")
        }
        page.add("</tr>\n")
      }
    }
    page.add("</tbody></table></section>\n")
  }

  /// The sections about the list.
  static func add(_ about: ListAbout, to page: inout PageText) {
    page.add("<section><h2>About this list</h2>\n")
    for section in about.sections {
      page.add("<h3>\(section.title)</h3><dl>")
      for line in section.lines {
        page.add("<dt>")
        page.add(text: line.label)
        page.add("</dt><dd>")
        page.add(text: line.text)
        page.add("</dd>")
      }
      page.add("</dl>\n")
    }
    page.add("</section>\n</main>\n")
  }
}
