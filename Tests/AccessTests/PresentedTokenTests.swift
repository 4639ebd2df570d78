import Testing

@testable import Access

struct PresentedTokenTests {
  private static let text = Sample.token("0123456789ab")

  @Test func `a token is taken apart and put together`() throws {
    let token = try #require(PresentedToken(Self.text.utf8))
    #expect(token.id == "0123456789ab" && token.secret == Sample.secret)
    #expect(token.text == Self.text)
    #expect(Self.text.utf8.count == PresentedToken.length)
  }

  @Test(arguments: [
    "", "crt_", "crt__", Sample.secret, Sample.token("0123456789AB"), Sample.token("0123456789a"),
    Sample.token("0123456789abc"), Sample.token("0123456789ab") + "=",
    Sample.token("0123456789ab") + "\n", " " + Sample.token("0123456789ab"),
    "CRT_0123456789ab_\(Sample.secret)", "crt-0123456789ab-\(Sample.secret)",
    "crt_0123456789ab_" + String(repeating: "+", count: 43),
    "crt_0123456789ab_" + String(repeating: "\u{0}", count: 43),
    String(repeating: "é", count: 30), String(repeating: "a", count: 1 << 20),
  ]) func `what has another form is none`(text: String) {
    #expect(PresentedToken(text.utf8) == nil)
  }

  @Test func `new ids are 12 hexadecimal digits, small bytes padded`() {
    let ids = (0..<500).map { _ in PresentedToken.newId() }
    #expect(ids.allSatisfy(PresentedToken.isId))
    #expect(Set(ids).count == 500)
  }

  @Test func `the secret of a token that strayed into a text is cut out, wherever it stands`() {
    #expect(PresentedToken.redacted(Self.text) == "crt_0123456789ab_…")
    #expect(
      PresentedToken.redacted("a=\(Self.text)&b=\(Self.text)/é")
        == "a=crt_0123456789ab_…&b=crt_0123456789ab_…/é")
    // A part of it too.
    #expect(PresentedToken.redacted("crt_0123456789ab_AAEC") == "crt_0123456789ab_…")
    for text in ["", "crt_", "crt_0123456789ab", "crt_0123456789AB_x", "cr crt crt__", "日本電気"] {
      #expect(PresentedToken.redacted(text) == text)
    }
  }
}
