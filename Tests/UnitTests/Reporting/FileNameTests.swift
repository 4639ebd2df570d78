import TestSupport
import Testing

@testable import Reporting

/// File names from the names of people.
struct FileNameTests {
  @Test(arguments: [
    ("Anna Berg", "anna-berg"), ("O'Neill, José", "o-neill-josé"), ("  x  ", "x"),
    ("../../etc/passwd", "etc-passwd"), ("a/b\\c:d", "a-b-c-d"), ("東京 支店", "東京-支店"),
    ("!!!", "list"), ("", "list"), ("😀", "list"), ("-rf", "rf"), ("a\u{0}b\nc", "a-b-c"),
    ("\u{202E}evil", "evil"), (".hidden", "hidden"),
  ])
  func `letters, digits and hyphens`(text: String, expected: String) {
    #expect(FileName.slug(text) == expected)
  }

  @Test func `never longer than 100 bytes`() {
    for text in ["x", "東", "क्ष", "ﷺ ", "- "] {
      let slug = FileName.slug(String(repeating: text, count: 10_000))
      #expect((1...100).contains(slug.utf8.count))
    }
  }

  @Test func `equal slugs get numbers, reserved names too`() {
    #expect(
      FileName.names(for: ["A b", "a-b", "a_b", "a-b-2", "all", "!", "?"], reserved: ["all"])
        == ["a-b", "a-b-2", "a-b-3", "a-b-2-2", "all-2", "list", "list-2"])
  }
}
