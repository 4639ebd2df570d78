internal import Files
internal import RiskModel
internal import Words

/// A page that needs nothing else: no other file, no network, no script to be read.
struct ListPage {
  /// At most so many rows of a table: browsers and people give up on more.
  static let mostRows = 1_000

  private let title: String
  private let name: String
  private let language: Language

  init(_ list: RiskList, in language: Language) {
    title = ListAbout.title(list, in: language)
    name = ListAbout.name(list, in: language)
    self.language = language
  }

  /// A label of ours; the catalog has no markup, but whatever stands in it is text.
  private func label(_ key: LabelKey) -> String { PageText.escaped(language.label(key)) }

  /// Everything before the content: the language, the policy, the style.
  var head: PageText {
    var page = PageText()
    let policy =
      "default-src 'none'; style-src \(PageHash.source(PageStyle.css)); script-src "
      + "\(PageHash.source(PageScript.source)); base-uri 'none'; form-action 'none'"
    page.add(
      "<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.add("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n")
    page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.add("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
    page.add(text: title)
    page.add("</title>\n<style>\(PageStyle.css)</style>\n</head>\n<body>\n")
    return page
  }

  var foot: String { "<script>\(PageScript.source)</script>\n</body>\n</html>\n" }

  /// The title and the figures at the top.
  func addHeader(_ list: RiskList, _ document: AtRiskDocument, to page: inout PageText) {
    page.add("<header>\n<p class=\"mu\">\(label(.azureAtRisk))</p>\n<h1>")
    page.add(name: name)
    page.add("</h1>\n<p>\(label(.asOf)) <b>")
    page.add(name: language.date(document.asOf))
    page.add("</b> · \(label(.dataThrough)) <b>")
    page.add(name: language.date(document.dataThrough))
    page.add("</b></p>\n<p>")
    page.add(text: document.definition)
    page.add("</p>\n<ul class=\"facts\">")
    // As the sections about the list count them, and the summary: every row, listed or not.
    let rows = list.rows
    func fact(_ figure: String, _ words: String) {
      page.add("<li><b>\(figure)</b> ")
      page.add(text: words)
      page.add("</li>")
    }
    fact(
      language.grouped(rows.count { $0.riskBand == "high" }), language.label(.highRisk))
    fact(
      language.grouped(rows.count { $0.riskBand == "medium" }), language.label(.mediumRisk))
    if document.model.learner != "rules" {
      let expected = rows.reduce(0) { $0 + ($1.churnProbability ?? 0) }
      fact(
        language.decimals(expected, 1),
        language.label(
          .expectedLostWithin, numbers: [.windowDays: Double(document.horizonDays)]))
    }
    fact(language.grouped(list.withoutUsage.count), language.label(.withoutUsage))
    fact(
      language.grouped(list.lost.count),
      language.label(.lostLately, numbers: [.windowDays: Double(AtRiskDocument.lostDays)]))
    page.add("</ul>\n")
    if !document.attention.isEmpty {
      page.add("<div class=\"note\"><b>\(label(.needsAttention))</b><ul>")
      for remark in document.attention {
        page.add(remark.message == nil ? "<li lang=\"en\">" : "<li>")
        page.add(text: remark.text)
        page.add("</li>")
      }
      page.add("</ul></div>\n")
    }
    page.add("</header>\n<main>\n")
  }

  /// The heading of the list, its search and order, which the script shows, and the head of its table.
  func addHeading(shown: Int, of count: Int, to page: inout PageText) {
    page.add("<section><h2>\(label(.atRisk))</h2>\n")
    guard count > 0 else {
      return page.add("<p class=\"mu\">\(label(.nothingAtRisk))</p>\n")
    }
    page.add(tools)
    page.add("<table id=\"list\" role=\"table\"><caption>")
    page.add(
      text: shown < count
        ? language.label(
          .captionFirst, numbers: [.rows: Double(shown), .count: Double(count)])
        : language.label(.captionRiskiest))
    page.add("</caption><thead role=\"rowgroup\"><tr role=\"row\">")
    let headings: [(text: String, isNumber: Bool)] =
      [("#", true)]
      + [
        (.customerAndWhy, false), (.riskBand, false), (.change, false), (.value, true),
        (.expectedLoss, true), (.lastUsageDate, false), (.nextDeadline, false),
      ].map { (key: LabelKey, isNumber: Bool) in (label(key), isNumber) }
    for heading in headings {
      let style = heading.isNumber ? " class=\"n\"" : ""
      page.add("<th scope=\"col\" role=\"columnheader\"\(style)>\(heading.text)</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
  }

  private var tools: String {
    """
    <div class="tools" id="tools" hidden><label for="find">\(label(.search)) <input id="find" type="search"></label>
    <label for="order">\(label(.order)) <select id="order"><option value="rank">\(label(.riskBand))</option>
    <option value="loss">\(label(.expectedLoss))</option><option value="name">\(label(.customerName))</option>
    <option value="used">\(label(.longestUnused))</option></select></label>
    <span class="mu" id="count" role="status"></span></div>

    """
  }

  /// A table of the catalog's kinds, for the small lists; at most `mostRows`.
  func add(
    _ original: ListTable, title: String, caption: String, showing names: [String],
    to page: inout PageText
  ) {
    let table = original.translated(to: language)
    page.add("<section><h2>\(PageText.escaped(title))</h2>\n")
    guard table.rowCount > 0 else {
      return page.add("<p class=\"mu\">\(label(.none))</p></section>\n")
    }
    let (most, count) = (Self.mostRows, table.itemCount)
    let limit =
      count > most
      ? " (" + language.label(.captionShown, numbers: [.rows: Double(most), .count: Double(count)])
        + ")" : ""
    let shown = table.columns.indices.filter { names.contains(table.columns[$0].name) }
    page.add(
      "<table role=\"table\"><caption>\(PageText.escaped(caption + limit))</caption><thead role=\"rowgroup\">"
    )
    page.add("<tr role=\"row\">")
    for index in shown {
      page.add("<th scope=\"col\" role=\"columnheader\">\(label(table.columns[index].title))</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
    for item in 0..<min(count, most) {
      for cells in table.rows(item) {
        page.add("<tr role=\"row\">")
        for index in shown {
          let column = table.columns[index]
          let isHeader = index == shown.first
          page.add(
            isHeader ? "<th scope=\"row\" role=\"rowheader\" " : "<td role=\"cell\" ")
          page.add("data-l=\"\(label(column.title))\"><div>")
          switch cells[index] {
          case .text(let text), .word(let text): page.add(name: text)
          case .integer(let integer): page.add(language.grouped(integer))
          case .number(let number): page.add(language.decimals(number, 1))
          case .bool(let flag): page.add(label(flag ? .yes : .no))
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
  func add(_ about: ListAbout, to page: inout PageText) {
    page.add("<section><h2>\(label(.about))</h2>\n")
    for section in about.sections {
      page.add("<h3>\(PageText.escaped(section.title))</h3><dl>")
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
