import Testing

@testable import CommandLineKit

struct PointedTextTests {
  @Test(
    arguments: [
      ("abc", 1, "  abc\n  ^"), ("abc", 3, "  abc\n    ^"), ("abc", 4, "  abc\n     ^"),
      ("", 1, "  \n  ^"),
      // Wide characters and emoji take two columns, a mark none.
      ("日本x", 3, "  日本x\n      ^"), ("👩‍👩‍👧x", 2, "  👩‍👩‍👧x\n    ^"), ("e\u{301}x", 2, "  e\u{301}x\n   ^"),
      // What would steer a terminal takes one.
      ("a\u{1B}\n\u{202E}b", 5, "  a\u{FFFD} \u{FFFD}b\n      ^"),
    ]) func `the caret stands below its character`(text: String, column: Int, expected: String)
  {
    #expect(pointed(text, column: column) == expected)
  }

  @Test func `of long text the surroundings are shown`() {
    let digits = (0..<300).map { String($0 % 10) }.joined()
    #expect(pointed(digits, column: 1) == "  " + digits.prefix(36) + "…\n  ^")
    let middle =
      "  …" + digits.dropFirst(164).prefix(72) + "…\n" + String(repeating: " ", count: 39) + "^"
    #expect(pointed(digits, column: 201) == middle)
    let end = "  …" + digits.dropFirst(264) + "\n" + String(repeating: " ", count: 39) + "^"
    #expect(pointed(digits, column: 301) == end)
  }
}
