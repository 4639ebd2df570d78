import Files
import Glibc
import TestSupport
import Testing

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
  ) throws {
    func luminance(_ colour: String) throws -> Double {
      let number = try #require(Int(colour, radix: 16))
      let shares: [Double] = [16, 8, 0].map { shift in Double((number >> shift) & 255) / 255 }
      let parts: [Double] = shares.map { share in
        share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    func contrast(_ one: String, _ other: String) throws -> Double {
      let both = try [luminance(one), luminance(other)].sorted()
      return (both[1] + 0.05) / (both[0] + 0.05)
    }
    for pair in palette.textPairs {
      #expect(try contrast(pair.text, pair.on) >= 4.5, "\(pair)")
    }
    // 1.4.11: what is no text, 3 to 1.
    #expect(try contrast(palette.bar, palette.track) >= 3)
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

  @Test func `the riskiest thousand, said in the caption and in the manifest`() throws {
    let rows = (1...1_001).map { SampleScores.row($0) }
    let lists = try ExportedLists(SampleScores.document(rows), formats: ["html"])
    #expect(try lists.text("all.html").contains("The 1,000 riskiest of 1,001"))
    #expect(lists.entries.first?.rows == 1_000)
  }

  @Test func `the risk is a word beside a number and a bar`() throws {
    let text = try page(SampleScores.full, "anna-berg.html")
    #expect(text.contains("<span class=\"b high\">high</span>") && text.contains("50.0 %"))
    #expect(text.contains("No usage for 42 days") && text.contains("was 31 %"))
    #expect(text.contains("worse") && text.contains("https://portal.azure.com/#@"))
  }
}
