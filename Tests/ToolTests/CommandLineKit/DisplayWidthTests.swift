import Testing

@testable import CommandLineKit

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("日本", 4), ("ｶﾅ", 2), ("Ａ", 2), ("한국", 4), ("e\u{301}", 1),
    ("\u{301}", 0), ("👍", 2), ("👨‍👩‍👧", 2), ("🇫🇷", 2), ("🇫", 1), ("❤\u{FE0F}", 2), ("❤", 1),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("…", 1), ("─", 1), ("\u{20000}", 2), ("\u{7}", 0),
    ("か\u{3099}", 2), ("が", 2), ("ｶﾞ", 2), ("葛\u{E0100}", 2), ("①", 1), ("※", 1), ("α", 1),
    ("\u{200B}", 0), ("\u{200D}", 0), ("\u{3000}", 2), ("（）、。", 8),
  ])
  func `counts the columns of a terminal`(pair: (text: String, width: Int)) {
    #expect(pair.text.displayWidth == pair.width)
  }

  @Test func `keeps the wide ranges ascending and apart`() {
    let ranges = EastAsianWidth.wideRanges
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound })
  }

  @Test func `finds both ends of every wide range and nothing beside`() {
    for range in EastAsianWidth.wideRanges {
      #expect(EastAsianWidth.isWide(range.lowerBound) && EastAsianWidth.isWide(range.upperBound))
      #expect(!EastAsianWidth.isWide(range.lowerBound - 1))
      #expect(!EastAsianWidth.isWide(range.upperBound + 1))
    }
    #expect(!EastAsianWidth.isWide(0) && !EastAsianWidth.isWide(0x10FFFF))
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("", 0, ""), ("日本電気", 8, "日本電気"), ("日本電気", 7, "日本電…"), ("日本電気", 6, "日本…"),
    ("日本電気", 1, "…"), ("日", 1, "…"), ("e\u{301}e\u{301}", 1, "…"),
    ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
  ])
  func `cuts text with an ellipsis`(sample: (text: String, width: Int, expected: String)) {
    #expect(sample.text.truncated(toWidth: sample.width) == sample.expected)
  }

  @Test func `never exceeds the width it cuts to`() {
    let text = "a日e\u{301}👍b本🇫🇷c"
    for width in 0...20 {
      #expect(text.truncated(toWidth: width).displayWidth <= width)
    }
  }

  @Test func `fills up to a width on either side`() {
    #expect("日".padded(toWidth: 4) == "日  ")
    #expect("日".padded(toWidth: 4, .right) == "  日")
    #expect("abc".padded(toWidth: 2) == "abc")
  }
}
