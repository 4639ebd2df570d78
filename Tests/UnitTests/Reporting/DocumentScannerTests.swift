import Testing

@testable import Reporting

/// Rows are found by their brackets, and whatever is unusual is left to the whole reader.
struct DocumentScannerTests {
  private func rows(_ text: String) -> (header: String, rows: [String], excluded: [String])? {
    // One byte at a time: every state is carried over from block to block.
    var scanner = DocumentScanner()
    var (rest, rows, excluded): ([UInt8], [String], [String]) = ([], [], [])
    for byte in text.utf8 {
      let block = rest + [byte]
      guard let found = scanner.scan(block.span, from: rest.count) else { return nil }
      func texts(_ ranges: [Range<Int>]) -> [String] {
        ranges.map { String(decoding: block[$0], as: UTF8.self) }
      }
      rows += texts(found.subscriptions)
      excluded += texts(found.excluded)
      rest = scanner.rowStart.map { Array(block[$0...]) } ?? []
      if scanner.rowStart != nil { scanner.rowStart = 0 }
    }
    guard scanner.isComplete else { return nil }
    return (String(decoding: scanner.header, as: UTF8.self), rows, excluded)
  }

  @Test func `rows and what is around them`() throws {
    let found = try #require(
      rows(#"{"a": 1, "subscriptions": [ {"x": [1, {}]}, {} ], "excluded": [{"y": 2}], "b": []}"#))
    #expect(found.header == #"{"a": 1, "subscriptions": [], "excluded": [], "b": []}"#)
    #expect(found.rows == [#"{"x": [1, {}]}"#, "{}"])
    #expect(found.excluded == [#"{"y": 2}"#])
  }

  @Test func `empty lists and none at all`() throws {
    let empty = try #require(rows(#"{"subscriptions": [], "excluded": [ ]}"#))
    #expect(empty.header == #"{"subscriptions": [], "excluded": []}"#)
    #expect(empty.rows == [] && empty.excluded == [])
    #expect(try #require(rows("{}")).header == "{}")
  }

  @Test func `brackets, quotes and keys inside of strings are text`() throws {
    let row = #"{"name": "a]}\"},{\\", "subscriptions": [{"z": 1}]}"#
    let found = try #require(rows(#"{"t": "subscriptions", "subscriptions": [\#(row)]}"#))
    #expect(found.rows == [row])
    // A member of that name deeper down is none of ours.
    let nested = #"{"model": {"subscriptions": [{"a": 1}]}, "subscriptions": [{}]}"#
    #expect(try #require(rows(nested)).rows == ["{}"])
  }

  @Test(arguments: [
    #"{"subscriptions": [1]}"#, #"{"subscriptions": [{} {}]}"#, #"{"subscriptions": [{},]}"#,
    #"{"subscriptions": [,{}]}"#, #"{"subscriptions": [{},,{}]}"#, #"{"subscriptions": {}}"#,
    #"{"subscriptions": [{}"#, #"{"a": "open"#, #"{"subscriptions": [{}]}}"#,
    #"{"subscriptions": [{}], "subscriptions": [{}]}"#, #"{"subscriptions": ["x"]}"#,
    #"{"subscriptions": [[{}]]}"#, #"{"a": "\"#,
  ])
  func `what is unusual is refused`(text: String) {
    #expect(rows(text) == nil)
  }

  private func whole(_ text: String) -> [String]? {
    var scanner = DocumentScanner()
    let bytes = Array(text.utf8)
    guard let found = scanner.scan(bytes.span, from: 0), scanner.isComplete else { return nil }
    return found.subscriptions.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func `a row with a line of its own is found in a block and byte by byte`() throws {
    for end in ["\n", "\r\n"] {
      let lines = [#"    {"x": [1, {}]},"#, #"    {"y": "}"},"#, #"    {"z": {}}"#]
      let text = (["{\"subscriptions\": ["] + lines + ["  ]", "}"]).joined(separator: end)
      let expected = [#"{"x": [1, {}]}"#, #"{"y": "}"}"#, #"{"z": {}}"#]
      #expect(whole(text) == expected)
      #expect(try #require(rows(text)).rows == expected)
    }
  }

  @Test func `a row of several lines is found by its brackets`() {
    let row = "{\n  \"a\": {\"b\": 1\n  }\n}"
    #expect(whole("{\"subscriptions\": [\n\(row),\n{}\n]}") == [row, "{}"])
    #expect(whole("{\"subscriptions\": [{}, {\"a\": 1},\n{}]}")?.last == "{}")
  }

  @Test(arguments: [
    "{\"subscriptions\": [\n{\"a\": {}\n}\n]}",
    "{\"subscriptions\": [\n{\"a\": {}\n, \"b\": 1}\n]}",
    "{\"subscriptions\": [\n{\"a\": {},\n\"b\": {}}\n]}",
  ])
  func `a line that ends with another brace of a row is unusual`(text: String) {
    #expect(whole(text) == nil)
  }
}
