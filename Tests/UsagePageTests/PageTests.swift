import Files
import History
import Reporting
import TestSupport
import Testing

@testable import UsagePage

/// The page: what a browser, a screen reader and an attacker find in it.
struct PageTests {
  /// Something in every section.
  static func rich(name: String = "Contoso GmbH") throws -> PageInput {
    let exports = ["2026-01-05", "2026-01-12", "2026-02-02", "2026-03-02"]
    var partner = SmallPartner(exports: exports)
    for number in 1...14 {
      let tenant = number < 4 ? "contoso" : "tenant \(number)"
      partner.see(number, of: tenant, on: Array(exports.dropLast())) {
        $0.customerName = number == 1 ? "Formerly Known Ltd" : name
        $0.creationDate = day(number < 6 ? "2025-03-0\(number)" : "2026-01-\(number + 5)")
      }
      partner.see(number, of: tenant, on: ["2026-03-02"]) {
        $0.customerName = name
        $0.friendlyName = name
        $0.productName = name
        $0.partnerId = "1000001"
        $0.partnerName = name
        $0.creationDate = day(number < 6 ? "2025-03-0\(number)" : "2026-01-\(number + 5)")
        $0.lastRenewalDate = day("2026-02-01")
        if number == 13 {
          $0.status = .deprovisioned
          $0.deprovisionedDate = day("2026-02-12")
        }
        if number == 14 {
          $0.trialStartDate = day("2026-02-20")
          $0.trialEndDate = day("2026-03-20")
        }
      }
      partner.use(
        number, of: tenant, on: number == 12 ? [] : ["2026-02-0\(number % 9 + 1)"], category: name,
        unit: name, quantity: Double(number))
    }
    partner.see(20, of: "contoso", on: ["2026-03-02"]) {
      $0.subscriptionType = "Software"
      $0.customerName = name
      $0.productName = "Reserved VM Instance " + name
      $0.commitmentEndDate = day("2026-03-09")
    }
    var document = scores(
      (1...12).map { number in
        (
          number, number < 4 ? "contoso" : "tenant \(number)", 0.9 - Double(number) / 20, "high",
          number.isMultiple(of: 2) ? "High" : nil
        )
      })
    for index in document.subscriptions.indices {
      document.subscriptions[index].identity.customerName = name
      document.subscriptions[index].identity.subscriptionName = name
      document.subscriptions[index].identity.accountManager = name
      document.subscriptions[index].reasons[0].text = name
    }
    document.monitoring = [
      "drift": [
        [
          "since": "2026-01-05", "scores": ["value": 0.1, "critical": 0.2, "alarm": false],
          "features": [["name": "tenureDays", "value": 0.4, "critical": 0.2, "alarm": true]],
        ]
      ],
      "maturedLists": [
        [
          "asOf": "2025-11-03",
          "all": ["rows": 10, "lost": 2, "expected": 2.5, "ratio": 0.8, "low": 0.1, "high": 2],
        ]
      ],
    ]
    let estimate: JSONValue = ["value": 0.7, "low": 0.6, "high": 0.8]
    let judge: JSONValue = [
      "areaUnderROC": estimate, "liftAtCapacity": estimate, "recallAtCapacity": estimate,
      "observedExpectedRatio": estimate,
    ]
    let origin: JSONValue = [
      "origin": "2025-10-06", "rows": 10, "churned": 2, "learner": "logistic", "model": judge,
      "baselines": ["daysSinceLastUsage": judge],
    ]
    return PageInput(
      facts: try PartnerFacts(
        partner.history,
        period: PagePeriod(
          from: day("2026-01-01"), to: nil, asOf: day("2026-03-02"),
          firstObservation: day("2026-01-05"), lastObservation: day("2026-03-02"))),
      scores: .value(document),
      evaluation: .value([
        "asOf": "2026-03-02", "metrics": ["logLoss": 0.1],
        "reliability": [
          ["rows": 50, "churnedRows": 1, "meanProbability": 0.03, "low": 0.01, "high": 0.1],
          ["rows": 50, "churnedRows": 9, "meanProbability": 0.2, "low": 0.1, "high": 0.3],
        ],
        "gains": [
          ["share": 0, "gain": 0], ["share": 0.1, "gain": 0.4], ["share": 1, "gain": 1],
        ],
      ]),
      backtest: .value([
        "knownThrough": "2026-03-02", "horizonDays": 91, "origins": [origin], "skipped": [],
        "pooled": origin,
      ]))
  }

  private func text(_ input: PageInput, _ library: ChartLibrary? = PageTests.library) -> String {
    String(decoding: UsagePage(input, library: library).bytes, as: UTF8.self)
  }

  /// Something that draws nothing.
  static let library = ChartLibrary(text: "/* Chart.js */var Chart;")

  private func part(_ text: String, _ start: String, _ end: String) -> String? {
    guard let from = text.firstRange(of: start)?.upperBound,
      let to = text[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(text[from..<to])
  }

  @Test func `every section has something to show, in the order of the catalog`() throws {
    let text = text(try Self.rich())
    let ids = text.matches(of: #/<section id="(\w+)">/#).map { String($0.output.1) }
    #expect(ids == UsagePageCatalog.sections.map { $0.id } && ids.count == 18)
    #expect(text.matches(of: #/<p class="no">/#).isEmpty)
    for id in ids { #expect(text.contains("<a href=\"#\(id)\">")) }
    // What it counts stands below each heading.
    #expect(text.matches(of: #/<\/h2>\n<p class="df">[A-Z][^<]{40,}/#).count == ids.count)
  }

  @Test func `language, headings in order, captions, scopes and names of charts`() throws {
    let text = text(try Self.rich())
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    let headings = text.matches(of: #/<h([1-6])>/#).compactMap { Int($0.output.1) }
    #expect(headings.first == 1 && headings.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(headings, headings.dropFirst()) { #expect(after <= before + 1) }
    let headers = text.matches(of: #/<th( [^>]*)>/#).map(\.output.1)
    #expect(headers.count > 100 && headers.allSatisfy { $0.contains("scope=") })
    let tables = text.matches(of: #/<table id="([^"]+)"/#).map { String($0.output.1) }
    #expect(Set(tables).count == tables.count && tables.count > 20)
    #expect(tables.count == text.matches(of: #/<caption>[^<]+</#).count)
    let canvases = text.matches(of: #/<canvas id="[^"]+" role="img" aria-label="[^"]{20,}"/#).count
    #expect(canvases > 10 && canvases == text.matches(of: #/<canvas/#).count)
    // Each with its summary before it and its data after it.
    #expect(canvases == text.matches(of: #/<figcaption><b>[^<]+<\/b> [^<]+</#).count)
    #expect(canvases == text.matches(of: #/<details><summary>The data as a table: /#).count)
  }

  @Test func `the policy names the style and the scripts, and nothing is loaded`() throws {
    let text = text(try Self.rich())
    let style = try #require(part(text, "<style>", "</style>"))
    let scripts = text.matches(of: #/<script>(.*?)<\/script>/#.dotMatchesNewlines()).map {
      String($0.output.1)
    }
    let policy = try #require(part(text, "Content-Security-Policy\" content=\"", "\""))
    #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
    #expect(scripts.count == 2 && policy.contains(PageHash.source(style)))
    for script in scripts { #expect(policy.contains(PageHash.source(script))) }
    for load in [" src=", "<link", "@import", "url(", " style=", " onclick", "<iframe", "<img"] {
      #expect(!text.contains(load), "\(load)")
    }
  }

  @Test func `the numbers are in it as JSON, and nothing of them is markup`() throws {
    let input = try Self.rich(name: "</script><script>alert(1)</script><!--")
    let text = text(input)
    #expect(!text.contains("<script>alert(1)") && !text.contains("<!--"))
    let json = try #require(
      part(text, "<script type=\"application/json\" id=\"numbers\">", "</script>"))
    let numbers = try JSONValue(parsing: Array(json.utf8), path: "numbers")
    #expect(numbers.serialized() == UsagePage(input, library: nil).numbers.serialized())
    #expect(numbers["sections"]?["atRisk"]?["high"]?.int == 12)
    #expect(
      numbers["sections"]?.object?.members.map(\.key) == UsagePageCatalog.sections.map { $0.id })
    #expect(text.matches(of: #/<\/script>/#).count == 4)
  }

  @Test(arguments: HostileNames.all) func `names are text wherever they stand`(name: String) throws
  {
    let text = text(try Self.rich(name: name + "\u{0}\u{9B}"))
    #expect(text.matches(of: #/<script/#).count == 4)
    #expect(!text.contains("\u{0}") && !text.contains("\u{1B}") && !text.contains("\u{9B}"))
    // Outside of the numbers nothing of 10,000 characters buries the rest.
    let visible = text.firstRange(of: "<script type").map { text[..<$0.lowerBound].utf8.count } ?? 0
    #expect(visible < 400_000 && visible > 10_000)
  }

  @Test func `a customer is found by its former name`() throws {
    let text = text(try Self.rich())
    #expect(text.contains("(formerly <bdi>Formerly Known Ltd</bdi>)"))
  }

  @Test func `without the library tables stand where charts were, and a remark names the package`()
    throws
  {
    let text = text(try Self.rich(), nil)
    #expect(!text.contains("<canvas") && text.contains("<details open><summary>"))
    #expect(text.contains("Install the package libjs-chart.js"))
    #expect(text.matches(of: #/<script>/#).count == 1 && !text.contains("id=\"charts\""))
  }

  @Test func `what is no library is none; an end tag inside of one ends nothing`() throws {
    let folder = TemporaryFolder()
    #expect(ChartLibrary(path: folder["missing.js"]) == nil)
    try writeFile(folder["other.js"]) { try $0.write("var x;") }
    #expect(ChartLibrary(path: folder["other.js"]) == nil)
    try writeFile(folder["chart.js"]) {
      try $0.write(
        "/* Chart.js */ '</script>' + '</SCRIPT >' + '<!--'\n//# sourceMappingURL=chart.js.map")
    }
    let library = try #require(ChartLibrary(path: folder["chart.js"]))
    #expect(library.source == "/* Chart.js */ '<\\/script>' + '<\\/SCRIPT >' + '<\\!--'\n")
  }

  @Test func `the same facts give the same bytes`() throws {
    #expect(
      UsagePage(try Self.rich(), library: nil).bytes
        == UsagePage(try Self.rich(), library: nil).bytes)
  }

  @Test func `long tables show the first thousand and say where the rest is`() throws {
    var partner = SmallPartner(exports: ["2026-01-05", "2026-01-12"])
    for number in 1...1_201 {
      partner.see(number, of: "t\(number)", on: ["2026-01-05", "2026-01-12"])
    }
    partner.see(9_000, of: "used", on: ["2026-01-05", "2026-01-12"])
    partner.use(9_000, of: "used", on: ["2026-01-06"])
    let text = text(try partner.input())
    #expect(text.contains("The first 1,000 of 1,201; &#39;churn-risk export&#39; writes"))
    #expect(text.utf8.count < 1_500_000)
  }

  @Test func `a section without data says why`() throws {
    let text = text(try SmallPartner.unused.input())
    for reason in ["No scores.", "No model.", "No backtest.", "No usage is known"] {
      #expect(text.contains(reason), "\(reason)")
    }
    #expect(text.matches(of: #/<p class="no">/#).count >= 10)
    let before = try SmallPartner.unused.input("2025-01-01", "2025-12-31")
    #expect(self.text(before).contains("The whole period lies before the first export"))
  }

  /// WCAG 2.2, 1.4.3 and 1.4.11: what is no text, 3 to 1; all texts are those of the lists' palette.
  @Test func `every line can be told from its ground, and lines are told apart without colour`() {
    for (lines, page) in [
      (ChartPalette.light, PagePalette.light), (.dark, PagePalette.dark),
    ] {
      for colour in lines.series { #expect(Contrast.ratio(colour, page.surface) >= 3) }
      #expect(Contrast.ratio(page.muted, page.surface) >= 4.5)
      #expect(Set(lines.series).count == 4)
    }
    // A dash and a point for each colour, and a pattern for bars.
    #expect(ReportScript.source.contains("dashes=[[],[7,4],[2,3],[10,4,2,4]]"))
    #expect(ReportScript.source.contains("points=[\"circle\",\"rect\",\"triangle\",\"crossRot\"]"))
    #expect(ReportScript.source.contains("createPattern"))
  }

  @Test func `there is a file for every section, and one for its numbers`() throws {
    let listing = Python.run(
      "import os, sys\nprint(*sorted(os.listdir(sys.argv[1])), *sorted(os.listdir(sys.argv[2])))",
      [Repository.file("Sources/UsagePage/Sections"), Repository.file("Sources/UsagePage/Numbers")])
    let names = UsagePageCatalog.sections.map { String(describing: $0) }
    let files = Set(listing.output.split { $0.isWhitespace }.map(String.init))
    #expect(Set(names.map { $0 + ".swift" }) == files.filter { $0.hasSuffix("Section.swift") })
    #expect(
      Set(names.map { $0.replacing("Section", with: "Numbers") + ".swift" })
        == files.filter { $0.hasSuffix("Numbers.swift") })
  }

  @Test(.enabled(if: Browser.isThere, "needs the Debian package chromium"))
  func
    `the scripts run without a message, draw every chart, and nothing is wider than a telephone`()
    throws
  {
    let folder = TemporaryFolder()
    for (name, library) in [("charts.html", ChartLibrary()), ("tables.html", nil)] {
      let input = try Self.rich(name: String(repeating: "Unbreakable", count: 12))
      let page = UsagePage(input, library: library)
      try writeFile(folder[name]) { try $0.write(page.bytes) }
      let (status, output) = Browser.opened(folder[name])
      #expect(status == 0, "\(output.prefix(500))")
      let canvases = String(decoding: page.bytes, as: UTF8.self).matches(of: #/<canvas/#).count
      if library != nil { #expect(output.contains("data-charts=\"\(canvases)\"")) }
      #expect(output.contains("aria-sort=\"none\"") && output.contains("type=\"search\""))
      let text = Browser.widths(of: name, in: folder, width: 390)
      let widths = try #require(text.firstMatch(of: #/inner (\d+), content (\d+), rows (\d+)/#))
      #expect(
        widths.output.1 == "390" && Int(widths.output.2).map { $0 <= 390 } ?? false, "\(text)")
      #expect(Int(widths.output.3).map { $0 > 50 } ?? false)
    }
  }
}
