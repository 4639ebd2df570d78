import Testing
import Words

@testable import RiskModel

/// Markets and products come from outside; a sentence must survive them.
struct OutsideTextTests {
  @Test func `ordinary text stays as it is`() {
    for text in ["US", "Azure plan", "Côte d’Ivoire", "東京", "Ελλάδα", "=1+1", "a & b <c>"] {
      #expect(OutsideText.shown(text) == text)
    }
  }

  @Test func `control characters become one space`() {
    #expect(OutsideText.shown("a\u{1B}[31mb") == "a [31mb")
    #expect(OutsideText.shown("a\r\n\t\u{0}b") == "a b")
    #expect(OutsideText.shown("  a\u{85}\u{2028}b \n") == "a b")
  }

  @Test func `marks of writing direction and invisible characters are taken out`() {
    #expect(OutsideText.shown("\u{202E}evil\u{202C}") == "evil")
    #expect(OutsideText.shown("a\u{200F}b\u{2066}c\u{FEFF}") == "a b c")
    #expect(OutsideText.shown("\u{E000}\u{E0041}x") == "x")
  }

  @Test func `long text is cut by scalars, not by characters`() {
    let cut = OutsideText.shown(String(repeating: "x", count: 10_000))
    #expect(cut == String(repeating: "x", count: 60) + "…")
    let marks = "e" + String(repeating: "\u{301}", count: 10_000)
    #expect(OutsideText.shown(marks).unicodeScalars.count == 61)
    #expect(OutsideText.shown(String(repeating: "x", count: 60)).count == 60)
  }

  @Test func `nothing visible is empty, and an unknown level`() {
    for text in ["", "   ", "\u{200B}\n"] {
      #expect(OutsideText.shown(text) == "")
      #expect(
        Language.en.text(ReasonText.message("productName", level: text)) == "Product: unknown")
    }
  }

  @Test func `levels go through it`() {
    let message = ReasonText.message("customerMarket", level: "US\u{1B}]0;x\u{7}")
    #expect(Language.en.text(message) == "Market: US ]0;x")
    #expect(message == Message(.market, texts: [.level: "US ]0;x"]))
  }
}
