internal import Files
internal import RiskModel
internal import Words

/// A page that needs nothing else: no other file, no network, no script to be read.
struct ListPage {
  /// At most so many rows of a table: browsers and people give up on more.
  static let mostRows = 1_000

  /// A table of so many rows fits on half a page of paper.
  private static let rowsKeptTogether = 10

  let list: RiskList
  let document: AtRiskDocument
  let context: ListContext
  let language: Language
  /// The rows of the list that are to be worked through, in its order.
  let rows: [AtRiskDocument.Row]

  init(_ list: RiskList, of document: AtRiskDocument, _ context: ListContext) {
    self.list = list
    self.document = document
    self.context = context
    language = document.language
    rows = list.rows.filter(\.isListed)
  }

  /// A label of ours; the catalog has no markup, but whatever stands in it is text.
  func label(_ key: LabelKey) -> String { PageText.escaped(language.label(key)) }

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
    page.add(text: ListAbout.title(list, in: language))
    page.add("</title>\n<style>\(PageStyle.css)</style>\n</head>\n<body>\n")
    return page
  }

  var foot: String { "<script>\(PageScript.source)</script>\n</body>\n</html>\n" }

  /// A table of the catalog's kinds, for the small lists; at most `mostRows`.
  func add(
    _ original: ListTable, title: String, caption: String, showing names: [String],
    to page: inout PageText
  ) {
    let table = original.arranged(first: names).translated(to: language)
    // A short table stays in one piece on paper.
    let short = table.rowCount <= Self.rowsKeptTogether ? " class=\"s\"" : ""
    page.add("<section\(short)><h2>\(PageText.escaped(title))</h2>\n")
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
      let style = Self.style(of: table.columns[index].kind)
      page.add(
        "<th scope=\"col\" role=\"columnheader\"\(style)>\(label(table.columns[index].title))</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
    for item in 0..<min(count, most) {
      for cells in table.rows(item) {
        page.add("<tr role=\"row\">")
        for index in shown {
          let column = table.columns[index]
          let isHeader = index == shown.first
          page.add(
            isHeader
              ? "<th scope=\"row\" role=\"rowheader\"" : "<td role=\"cell\"")
          page.add(Self.style(of: column.kind))
          page.add(" data-l=\"\(label(column.title))\"><div>")
          switch cells[index] {
          case .text(let text), .word(let text): page.add(name: text)
          case .integer(let integer): page.add(language.grouped(integer))
          case .number(let number): page.add(language.decimals(number, 1))
          case .bool(let flag): page.add(label(flag ? .yes : .no))
          case .empty: page.add(column.name == "lastUsageDate" ? label(.never) : "–")
          }
          page.add(isHeader ? "</div></th>" : "</div></td>")
        }
        page.add("</tr>\n")
      }
    }
    page.add("</tbody></table></section>\n")
  }

  /// Numbers to the right, days in one line.
  private static func style(of kind: ListColumn.Kind) -> String {
    switch kind {
    case .number, .count, .probability: " class=\"n\""
    case .day: " class=\"d\""
    case .flag, .text, .id: ""
    }
  }

  /// The sections about the list.
  func addAbout(to page: inout PageText) {
    page.add("<section><h2>\(label(.about))</h2>\n")
    for section in ListAbout(list, of: document, context).sections {
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
