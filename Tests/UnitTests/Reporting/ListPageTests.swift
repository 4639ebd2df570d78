import Files
import RiskModel
import TestSupport
import Testing
import Words

@testable import Reporting

/// The page: what a browser, a screen reader and an attacker find in it.
struct ListPageTests {
  private func page(_ document: AtRiskDocument, _ name: String = "all.html") throws -> String {
    try ExportedLists(document, formats: ["html"]).text(name)
  }

  private func part(_ text: String, _ start: String, _ end: String) -> String? {
    guard let from = text.firstRange(of: start)?.upperBound,
      let to = text[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(text[from..<to])
  }

  @Test func `language, headings in order, captions, scopes and labels`() throws {
    let text = try page(SampleScores.full)
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    let headings = text.matches(of: #/<h([1-6])>/#).compactMap { Int($0.output.1) }
    #expect(headings.first == 1 && headings.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(headings, headings.dropFirst()) { #expect(after <= before + 1) }
    let headers = text.matches(of: #/<th( [^>]*)>/#).map(\.output.1)
    #expect(!headers.isEmpty && headers.allSatisfy { $0.contains("scope=") })
    #expect(
      text.matches(of: #/<table/#).count == text.matches(of: #/<caption>/#).count)
    for id in text.matches(of: #/<(?:input|select) id="(\w+)"/#).map(\.output.1) {
      #expect(text.contains("<label for=\"\(id)\">"))
    }
  }

  @Test func `the policy names the style and the script, and nothing is loaded`() throws {
    let text = try page(SampleScores.full)
    let style = try #require(part(text, "<style>", "</style>"))
    let script = try #require(part(text, "<script>", "</script>"))
    let policy = try #require(part(text, "Content-Security-Policy\" content=\"", "\""))
    #expect(policy.hasPrefix("default-src 'none'"))
    #expect(policy.contains(PageHash.source(style)) && policy.contains(PageHash.source(script)))
    for load in [" src=", "<link", "@import", "url(", " style=", " onclick", "<iframe", "<img"] {
      #expect(!text.contains(load), "\(load)")
    }
    // RFC 4648 §10.
    #expect(PageHash.base64(Array("foob".utf8)) == "Zm9vYg==")
    #expect(PageHash.base64(Array("fooba".utf8)) == "Zm9vYmE=")
    #expect(PageHash.base64(Array("foobar".utf8)) == "Zm9vYmFy")
  }

  /// WCAG 2.2, 1.4.3: 4.5 to 1.
  @Test(arguments: [PagePalette.light, .dark]) func `every text can be read on its ground`(
    palette: PagePalette
  ) {
    for pair in palette.textPairs {
      #expect(Contrast.ratio(pair.text, pair.on) >= 4.5, "\(pair)")
    }
    // 1.4.11: what is no text, 3 to 1.
    #expect(Contrast.ratio(palette.bar, palette.track) >= 3)
  }

  @Test func `names are text wherever they stand`() throws {
    let rows = SampleScores.hostileNames.enumerated().map { index, name in
      var row = SampleScores.row(index + 1, manager: name)
      row.identity.customerName = name + "\u{0}\u{9B}"
      row.identity.subscriptionName = name
      row.identity.productName = name
      row.identity.lastUsageDate = name
      row.identity.currency = name
      row.identity.subscriptionId = SampleScores.id(index + 1)
      row.reasons = [
        AtRiskDocument.Reason(
          feature: name, family: "customer", value: 1, contribution: 1, text: name)
      ]
      return row
    }
    let lists = try ExportedLists(SampleScores.document(rows), formats: ["html"])
    for name in lists.folder.names where name.hasSuffix(".html") {
      let text = try lists.text(name)
      #expect(text.matches(of: #/<script/#).count == 1)
      #expect(!text.contains("\u{0}") && !text.contains("\u{1B}") && !text.contains("\u{9B}"))
      // Nothing of 10,000 characters buries the rest, but whose list it is stands in full.
      #expect(text.utf8.count < 120_000)
    }
    let all = try lists.text("all.html")
    #expect(all.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(all.contains("<bdi>\u{202E}right to left</bdi>"))
  }

  @Test(arguments: [
    (["html"], "; export CSV, XLSX or JSON to have all of them"),
    (["html", "csv"], "; the files in CSV have all of them"),
    (["csv", "html", "xlsx"], "; the files in CSV / XLSX have all of them"),
  ])
  func `the riskiest thousand, said in the caption and in the manifest`(
    formats: [String], rest: String
  ) throws {
    let rows = (1...1_001).map { SampleScores.row($0) }
    let lists = try ExportedLists(SampleScores.document(rows), formats: formats)
    #expect(try lists.text("all.html").contains("The 1,000 riskiest of 1,001" + rest))
    #expect(lists.entries.first { $0.file == "all.html" }?.rows == 1_000)
  }

  /// Three rows whose expected losses stand in another order than their risk.
  private var valued: AtRiskDocument {
    SampleScores.document(
      zip(1..., [10.0, 30, 20]).map { rank, loss in
        var row = SampleScores.row(rank, manager: "Anna")
        row.expectedLoss = loss
        return row
      })
  }

  /// The customers of a page with their numbers, from top to bottom.
  private func places(_ text: String) -> [String] {
    text.matches(of: #/data-l="Rank">(\d+)<.*?customer (\d+)</#).map {
      "\($0.output.1): \($0.output.2)"
    }
  }

  @Test func `heading, order and numbers are those of the export`() throws {
    let byRisk = try ExportedLists(valued, formats: ["html"])
    let byLoss = try ExportedLists(valued, formats: ["html"], order: .expectedLoss)
    for (text, order) in [
      (try byRisk.text("anna.html"), ["1: 1", "2: 2", "3: 3"]),
      (try byLoss.text("anna.html"), ["1: 2", "2: 3", "3: 1"]),
      // Everything stands in the order of the scores, whatever the lists do.
      (try byLoss.text("all.html"), ["1: 1", "2: 2", "3: 3"]),
    ] {
      let isByLoss = order[0] == "1: 2"
      #expect(places(text) == order)
      #expect(text.contains(">Riskiest first") == !isByLoss)
      #expect(text.contains(">Most expected loss first") == isByLoss)
      #expect(
        text.contains("<option value=\"\(isByLoss ? "loss" : "rank")\" selected>"))
      #expect(text.matches(of: #/ selected>/#).count == 1)
    }
  }

  @Test func `a row says why it is listed, and low risk that it stays`() throws {
    var document = valued
    for (index, reason) in [ListingReason.jump, .stays, .stays].enumerated() {
      document.subscriptions[index].listing = AtRiskDocument.Listing(
        isListed: true, since: index == 0 ? document.asOf : "2026-11-02", reason: reason)
    }
    document.subscriptions[2].riskBand = "low"
    let text = try ExportedLists(document, formats: ["html"]).text("anna.html")
    #expect(text.contains("<h2>To work through</h2>"))
    #expect(text.contains("<b>Listed because</b> the risk has jumped</p>"))
    #expect(
      text.contains("already on the list · <span class=\"d\">since 2 November 2026</span></p>"))
    #expect(text.contains("still on the list until its risk has clearly fallen · <span"))
    #expect(text.contains("<b>1</b> low risk, still listed"))
    // Without decisions there is nothing to tell.
    let plain = try ExportedLists(valued, formats: ["html"]).text("anna.html")
    #expect(!plain.contains("Listed because") && !plain.contains("low risk"))
  }

  @Test func `who is not on a list is counted by reason, each list its own`() throws {
    var document = SampleScores.document(
      (1...7).map { SampleScores.row($0, manager: $0 < 5 ? "Anna" : "Bo") })
    for (index, reason) in [
      (0, ListingReason.firstRun), (1, .snoozed), (2, .contacted), (3, .contacted),
      (4, .firstRun), (5, .waiting), (6, .lowRisk),
    ] {
      document.subscriptions[index].listing = AtRiskDocument.Listing(
        isListed: reason == .firstRun, reason: reason)
    }
    for grouping in [ListGrouping.accountManager, .customerMarket] {
      let lists = try ExportedLists(document, formats: ["html"], by: grouping)
      let all = try lists.text("all.html")
      #expect(
        all.contains("</b> at risk for the first week: 1 · contacted lately: 2 · snoozed: 1<"))
      #expect(
        try lists.text("summary.html").contains("contacted lately: 2 · snoozed: 1"))
      guard grouping == .accountManager else { continue }
      let anna = try lists.text("anna.html")
      #expect(anna.contains("</b> contacted lately: 2 · snoozed: 1</p>"))
      #expect(anna.contains("<dd>contacted lately: 2 · snoozed: 1</dd>"))
      #expect(try lists.text("bo.html").contains("</b> at risk for the first week: 1</p>"))
      #expect(try !lists.text("unassigned.html").contains("Not on the list"))
    }
  }

  @Test func `values that are all nothing are left out`() throws {
    var document = valued
    #expect(try page(document).contains("data-l=\"Value\"><div>813 <span"))
    for index in document.subscriptions.indices {
      document.subscriptions[index].identity.value = 0
      document.subscriptions[index].expectedLoss = 0
    }
    let text = try page(document)
    #expect(!text.contains(">Value</th>") && !text.contains("data-l=\"Value\""))
    #expect(!text.contains(">Expected loss</th>") && !text.contains(">Expected loss</option>"))
    #expect(!text.contains("usage lines"))
    // One amount makes the others worth telling, without decimals that mean nothing.
    document.subscriptions[1].identity.value = 3
    let one = try page(document)
    #expect(one.contains("data-l=\"Value\"><div>0 <span") && one.contains("<div>3.0 <span"))
    #expect(!one.contains(">Expected loss</th>"))
  }

  @Test func `an account manager reads what changes the list, the partner everything`() throws {
    var document = SampleScores.full
    document.attention = [
      Attention("usageStale", "Usage ends early."),
      Attention("featureDrift", "1 feature changed.", severity: .information),
      Attention("fileFailed", "usage.csv cannot be read."),
      Attention(
        "survivorBias", "10687 of 10687 training rows lie before the first export.",
        Message(.remarkSurvivorBias, [.count: 10_687, .rows: 10_687])),
    ]
    let lists = try ExportedLists(document, formats: ["html", "xlsx"])
    for name in ["all.html", "summary.html"] {
      let text = try lists.text(name)
      for words in ["Usage ends", "1 feature changed", "usage.csv", "10,687 of 10,687"] {
        #expect(text.contains(words), "\(name): \(words)")
      }
    }
    let text = try lists.text("anna-berg.html")
    #expect(text.contains("Usage ends early."))
    #expect(
      !text.contains("feature changed") && !text.contains("usage.csv") && !text.contains("10,687"))
  }

  @Test func `where points decide, they come before the probability`() throws {
    var document = valued
    for index in document.subscriptions.indices { document.subscriptions[index].ruleScore = 40 }
    document.model.grade = "C"
    let text = try page(document)
    #expect(
      text.contains("<span class=\"p\">40 points</span> <span class=\"mu pt\">50.0 %</span>"))
    document.model.learner = "rules"
    for index in document.subscriptions.indices {
      document.subscriptions[index].churnProbability = nil
    }
    #expect(try page(document).contains("40 points</span> <span class=\"b"))
    // With a grade the probability decides.
    #expect(try page(valued).contains("<span class=\"p\">50.0 %</span><svg"))
  }

  @Test func `the small tables begin with the customer, and never is a word`() throws {
    var document = valued
    document.subscriptions[0].identity.lastUsageDate = nil
    let text = try page(document)
    let table = try #require(part(text, "<h2>Without usage</h2>", "</table>"))
    let headings = table.matches(of: #/"columnheader"[^>]*>([^<]*)</#).map { String($0.output.1) }
    #expect(headings == ["Customer", "Subscription", "Last used", "Days without usage"])
    #expect(table.contains("rowheader\" data-l=\"Customer\"><div><bdi>customer 1"))
    #expect(table.contains("data-l=\"Last used\"><div>never<"))
  }

  @Test func `the risk is a word beside a number and a bar`() throws {
    let text = try page(SampleScores.full, "anna-berg.html")
    #expect(text.contains("<span class=\"b high\">high</span>") && text.contains("50.0 %"))
    #expect(text.contains("No usage for 42 days") && text.contains("was 31.0 %"))
    #expect(text.contains("worse") && text.contains("https://portal.azure.com/#@"))
  }
}
