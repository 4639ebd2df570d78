import Testing

@testable import Files

struct TextPositionTests {
  private func position(
    _ offset: Int, _ text: String, from origin: TextPosition = TextPosition(line: 1, column: 1)
  ) -> TextPosition {
    let bytes = Array(text.utf8)
    return TextPosition(of: offset, in: bytes.span, from: origin)
  }

  @Test func `counts lines and columns from one`() {
    #expect(position(0, "ab\ncd") == TextPosition(line: 1, column: 1))
    #expect(position(2, "ab\ncd") == TextPosition(line: 1, column: 3))
    #expect(position(3, "ab\ncd") == TextPosition(line: 2, column: 1))
    #expect(position(4, "ab\ncd") == TextPosition(line: 2, column: 2))
  }

  @Test func `goes on from where the text starts`() {
    let origin = TextPosition(line: 7, column: 5)
    #expect(position(1, "ab", from: origin) == TextPosition(line: 7, column: 6))
    #expect(position(2, "a\nb", from: origin) == TextPosition(line: 8, column: 1))
  }

  @Test func `ends with the text`() {
    #expect(position(9, "a\n") == TextPosition(line: 2, column: 1))
    #expect(position(9, "") == TextPosition(line: 1, column: 1))
  }
}
