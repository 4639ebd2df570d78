package import Files
package import Reporting
internal import Words

/// The HTML of one section on its way, and the charts in it.
package struct SectionBody: Sendable {
  package var page = PageText()
  /// What the script draws, by the id of the canvas.
  package private(set) var charts: [JSONValue] = []
  private let section: String
  private let hasCharts: Bool
  private var parts = 0

  init(section: String, hasCharts: Bool) {
    self.section = section
    self.hasCharts = hasCharts
  }

  /// A paragraph.
  mutating func add(sentence: String) {
    page.add("<p>")
    page.add(text: sentence)
    page.add("</p>\n")
  }

  /// A heading inside of the section.
  mutating func add(heading: String) {
    page.add("<h3>")
    page.add(text: heading)
    page.add("</h3>\n")
  }

  /// Figures in a row, each with its words.
  mutating func add(figures: [(figure: String, words: String)]) {
    page.add("<ul class=\"facts\">")
    for (figure, words) in figures {
      page.add("<li><b>")
      page.add(text: figure)
      page.add("</b> ")
      page.add(text: words)
      page.add("</li>")
    }
    page.add("</ul>\n")
  }

  /// A chart with its summary, and its data as a table that opens.
  ///
  /// Without the library only the table stands there, open.
  mutating func add(_ chart: PageChart) {
    parts += 1
    let id = "\(section)-chart-\(parts)"
    page.add("<figure><figcaption><b>")
    page.add(text: chart.title)
    page.add("</b> ")
    page.add(text: chart.summary)
    page.add("</figcaption>\n")
    if hasCharts {
      page.add("<div class=\"cv\"><canvas id=\"\(id)\" role=\"img\" aria-label=\"")
      page.add(text: chart.title + ". " + chart.summary)
      page.add("\"></canvas></div>\n")
      charts.append(chart.json(id: id))
    }
    page.add(hasCharts ? "<details><summary>" : "<details open><summary>")
    page.add(text: "The data as a table: \(chart.title)")
    page.add("</summary>\n")
    add(chart.table)
    page.add("</details></figure>\n")
  }

  /// A table.
  mutating func add(_ table: PageTable) {
    parts += 1
    table.append(to: &page, id: "\(section)-table-\(parts)")
  }
}

/// Numbers as the page writes them.
enum Shown {
  static func count(_ number: Int) -> String { Language.en.grouped(number) }

  /// `1 customer`, `2,000 customers`.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  static func percent(_ share: Double) -> String { Language.en.exactPercent(share) }

  /// A share of a whole; "–" of nothing.
  static func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole))
  }

  static func decimals(_ number: Double, _ digits: Int) -> String {
    Language.en.decimals(number, digits)
  }

  /// As many decimals as help to tell amounts of this size apart.
  static func amount(_ number: Double) -> String {
    decimals(
      number,
      abs(number) >= 1_000 || number == 0 ? 0 : abs(number) >= 1 ? 1 : abs(number) >= 0.01 ? 2 : 4)
  }
}
