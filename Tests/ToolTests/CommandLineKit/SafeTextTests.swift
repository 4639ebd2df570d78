import Testing

@testable import CommandLineKit

struct SafeTextTests {
  @Test func `leaves safe text alone`() {
    for text in ["", "Contoso", "日本電気", "Ame\u{301}lie", "👨‍👩‍👧", "می‌خواهم", "ß€\u{E000}"] {
      #expect(text.escaped() == text)
      #expect(text.neutralised() == text)
    }
  }

  @Test func `escapes so that nothing is lost`() {
    #expect("a\u{1B}[2J".escaped() == "a\\u{1B}[2J")
    #expect("\t\n\r\r\n".escaped() == "\\t\\n\\r\\r\\n")
    #expect("\u{0}\u{7F}\u{9B}".escaped() == "\\u{0}\\u{7F}\\u{9B}")
    #expect(
      "a\u{202E}b\u{2066}\u{200B}\u{FEFF}".escaped() == "a\\u{202E}b\\u{2066}\\u{200B}\\u{FEFF}")
    #expect("\u{2028}\u{E0041}".escaped() == "\\u{2028}\\u{E0041}")
  }

  @Test func `keeps line feeds where a message has several lines`() {
    #expect("a\nb\r\u{1B}".escaped(keepsLines: true) == "a\nb\\r\\u{1B}")
  }

  @Test func `replaces every unsafe character of a cell`() {
    #expect("a\u{1B}[31mb".neutralised() == "a\u{FFFD}[31mb")
    #expect("a\nb\tc\r\nd".neutralised() == "a b c  d")
    #expect("a\u{202E}b\u{2069}".neutralised() == "a\u{FFFD}b\u{FFFD}")
  }

  @Test func `drops marks that would paint over other rows`() {
    let stack = "a" + String(repeating: "\u{301}", count: 100) + "b"
    #expect(stack.neutralised().unicodeScalars.count == 1 + SafeText.marksPerLetter + 1)
  }

  @Test func `lets no control character through, whatever the text`() {
    for value in UInt32(0)...0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "x\(scalar)y"
      for safe in [text.escaped(), text.neutralised()] {
        #expect(!safe.unicodeScalars.contains(where: SafeText.isUnsafe))
      }
    }
  }

  @Test func `quotes words for messages`() {
    #expect("a b".quoted == "'a b'")
    #expect("\u{7}".quoted == "'\\u{7}'")
    #expect(String(repeating: "x", count: 81).quoted.count == 82)
  }
}
