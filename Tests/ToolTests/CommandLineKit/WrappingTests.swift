import Testing

@testable import CommandLineKit

struct WrappingTests {
  @Test func `breaks between words`() {
    #expect(wrapped("one two three", width: 7) == ["one two", "three"])
    #expect(wrapped("one two three", width: 6) == ["one", "two", "three"])
    #expect(wrapped("  ", width: 5) == ["  "])
    #expect(wrapped("", width: 5) == [""])
  }

  @Test func `keeps a word whole that is longer than the line`() {
    #expect(wrapped("a verylongword b", width: 4) == ["a", "verylongword", "b"])
  }

  @Test func `joins the lines of a paragraph and separates paragraphs`() {
    #expect(wrapped("one\ntwo\n\nthree", width: 20) == ["one two", "", "three"])
  }

  @Test func `keeps the shape of lines that start with a space`() {
    #expect(wrapped("text\n  a   b\nmore", width: 20) == ["text", "  a   b", "more"])
  }

  @Test func `measures in columns`() {
    #expect(wrapped("日本 電気", width: 8) == ["日本", "電気"])
    #expect(wrapped("日本 電気", width: 9) == ["日本 電気"])
  }

  @Test func `indents lines but not empty ones`() {
    #expect(["a", "", "b"].indented(by: 2) == "  a\n\n  b\n")
  }
}
