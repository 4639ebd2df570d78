package import Files
internal import History
internal import Reporting
internal import Words

/// The Azure usage page: one HTML file that needs nothing else, no other file and no network.
///
/// ```
///   PageInput ──► each section of the catalog: numbers ──► HTML and charts ──┐
///   Chart.js, style, script ────────────────────────────────────────────────┴──► bytes
/// ```
/// The same input gives the same bytes. The numbers are embedded once more as JSON (`<script id="numbers">`), for
/// programs and for whoever checks them.
package struct UsagePage: Sendable {
  package static let schemaVersion = 1

  private let input: PageInput
  private let library: ChartLibrary?
  private let account: Account?

  /// Where a reader who signed in finds what is about themself.
  package struct Account: Sendable, Hashable {
    /// The address, without a host.
    package var path: String
    /// The words of the link.
    package var label: String

    package init(path: String, label: String) {
      self.path = path
      self.label = label
    }
  }

  /// - Parameters:
  ///   - input: what the page tells of.
  ///   - library: nil leaves the charts out; their tables stay.
  ///   - account: a link in the header; nil = none, as a page without a service behind it has it.
  package init(_ input: PageInput, library: ChartLibrary?, account: Account? = nil) {
    self.input = input
    self.library = library
    self.account = account
  }

  /// What the sections count, as JSON.
  package var numbers: JSONValue {
    embedded(UsagePageCatalog.sections.map { ($0.id, $0.made(from: input, hasCharts: false).json) })
  }

  /// The page.
  package var bytes: [UInt8] {
    let sections = UsagePageCatalog.sections.map {
      (id: $0.id, title: $0.title, made: $0.made(from: input, hasCharts: library != nil))
    }
    var page = head
    addHeader(to: &page)
    page.add("<nav aria-label=\"Sections\"><b>On this page</b><ol>")
    for section in sections {
      page.add("<li><a href=\"#\(section.id)\">")
      page.add(text: section.title)
      page.add("</a></li>")
    }
    page.add("</ol></nav>\n</header>\n<main>\n")
    var bytes = page.bytes
    for section in sections { bytes += section.made.body.page.bytes }
    var foot = PageText()
    addFooter(to: &foot)
    foot.add(
      Self.block("numbers", embedded(sections.map { ($0.id, $0.made.json) })))
    if let library {
      foot.add(Self.block("charts", .array(sections.flatMap { $0.made.body.charts })))
      foot.add("<script>\(library.source)</script>\n")
    }
    foot.add("<script>\(ReportScript.source)</script>\n</body>\n</html>\n")
    return bytes + foot.bytes
  }

  private func embedded(_ sections: [(String, JSONValue)]) -> JSONValue {
    let period = input.facts.period
    return [
      "schemaVersion": .integer(Self.schemaVersion), "asOf": .string(period.asOf.description),
      "from": .string(period.from.description), "to": .string(period.to.description),
      "firstObservation": .string(period.firstObservation.description),
      "lastObservation": .string(period.lastObservation.description),
      "lastUsage": .optional(input.facts.lastUsage?.description),
      "sections": .object(JSONObject(sections)),
    ]
  }

  /// JSON that nothing in a page can end early or take for markup.
  private static func block(_ id: String, _ value: JSONValue) -> String {
    var text = ""
    for scalar in value.serialized(pretty: false).unicodeScalars {
      switch scalar.value {
      // Marks of HTML, controls, and what old scripts take for the end of a line.
      case 0x26, 0x3C, 0x3E, 0x7F...0x9F, 0x2028, 0x2029:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "<script type=\"application/json\" id=\"\(id)\">\(text)</script>\n"
  }

  private var title: String {
    let period = input.facts.period
    return "Azure usage, \(period.from) to \(period.to)"
  }

  private var head: PageText {
    var page = PageText()
    let scripts = [library?.source, ReportScript.source].compactMap(\.self).map(PageHash.source)
    let policy =
      "default-src 'none'; style-src \(PageHash.source(ReportStyle.css)); script-src "
      + "\(scripts.joined(separator: " ")); base-uri 'none'; form-action \(account == nil ? "'none'" : "'self'")"
    page.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.add("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n")
    page.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.add("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
    page.add(text: title)
    page.add("</title>\n<style>\(ReportStyle.css)</style>\n</head>\n<body>\n")
    return page
  }

  private func addHeader(to page: inout PageText) {
    let (facts, period) = (input.facts, input.facts.period)
    page.add("<header>\n<p class=\"mu\">\(Product.name)")
    if let account {
      page.add(" · <a href=\"")
      page.add(text: account.path)
      page.add("\">")
      page.add(text: account.label)
      page.add("</a>")
    }
    page.add("</p>\n<h1>Azure usage</h1>\n<p>From <b>")
    page.add(text: Language.en.date(period.from.description))
    page.add("</b> to <b>")
    page.add(text: Language.en.date(period.to.description))
    page.add("</b> (\(Shown.count(period.dayCount, "day"))) · as known on <b>")
    page.add(text: Language.en.date(period.asOf.description))
    page.add("</b>")
    if let last = facts.lastUsage {
      page.add(" · usage through <b>")
      page.add(text: Language.en.date(last.description))
      page.add("</b>")
    }
    page.add("</p>\n")
    if account != nil { PeriodForm.add(period, to: &page) }
    addRemarks(to: &page)
  }

  private func addRemarks(to page: inout PageText) {
    guard !remarks.isEmpty else { return }
    page.add("<div class=\"note\"><b>Please note</b><ul>")
    for remark in remarks {
      page.add("<li>")
      page.add(text: remark)
      page.add("</li>")
    }
    page.add("</ul></div>\n")
  }

  /// What a reader should know before believing a figure.
  package var remarks: [String] {
    let (facts, period) = (input.facts, input.facts.period)
    var remarks: [String] = []
    if period.isBeforeObservation {
      remarks.append(
        "The whole period lies before the first export of subscriptions (\(period.firstObservation)): only "
          + "what rows date themselves is known of it (sales, renewals, cancellations, usage), and only of "
          + "subscriptions that still stood in that export.")
    } else if period.beginsBeforeObservation {
      remarks.append(
        "The period begins before the first export of subscriptions (\(period.firstObservation)): of the days "
          + "before it only what rows date themselves is known, and only of subscriptions that still stood "
          + "in that export.")
    }
    if !facts.scope.isWhole {
      let count = facts.customers.reduce(0) { $0 + $1.azure.count }
      remarks.append(
        count == 0
          ? "No Azure subscription is yours: the owners name none for your account manager. Ask whoever runs "
            + "this service whether the name of your token is written as it is there."
          : "All figures are of your customers alone: \(Shown.count(count, "Azure subscription")) of "
            + "\(Shown.count(facts.customers.count { !$0.azure.isEmpty }, "customer"))."
      )
    }
    if !facts.scope.includesNames || !facts.scope.includesMoney {
      let left = [
        facts.scope.includesNames ? nil : "names",
        facts.scope.includesMoney ? nil : "costs and values",
      ].compactMap(\.self).joined(separator: ", ")
      remarks.append("Your role does not see everything; left out: \(left).")
    }
    remarks += input.remarks
    if library == nil {
      remarks.append(
        "Charts are missing, their tables stand in their places: Chart.js was not found at "
          + "\(ChartLibrary.usualPath). Install the package \(ChartLibrary.packageName).")
    }
    return remarks
  }

  private func addFooter(to page: inout PageText) {
    page.add("</main>\n<footer><p class=\"mu\">")
    page.add(
      text:
        "Made by \(Product.name) \(Product.version) from its own history of Partner Center exports. Days "
        + "are UTC calendar days. Usage counts from its own day, or from the day of the dated export that "
        + "brought or corrected it.")
    page.add("</p></footer>\n")
  }
}
