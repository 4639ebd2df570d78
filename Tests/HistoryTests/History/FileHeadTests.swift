import Testing

@testable import History

struct FileHeadTests {
  private func shape(_ text: String) -> Shape { ShapeDetector.shape(of: Array(text.utf8)) }

  @Test(arguments: [
    #"{"id":"a","status":"b"}"#, "{\"id\":1}\n{\"id\":2}\n", "\n  {\"id\":1}\r\n{\"id\":2}",
    "{\"id\":1,\n{\"id\":2}\n", "{\"id\":1}x\n{\"id\":2}\n", "\u{FEFF}{\"id\":1}\n{\"id\":2}\n",
    #"{"id":1,"value":7}"#, #"{"id":1,"nested":{"value":[1]}}"#, #"{"id":"\"value\":[","x":1}"#,
    #"{"id":1,"values":[1]}"#, "{\"id\":1,\"items\":[1]}\n{\"id\":2,\"items\":[]}\n",
  ])
  func `tells JSON Lines, also with a damaged first line`(text: String) {
    #expect(shape(text) == .jsonLines)
  }

  @Test(arguments: [
    "[]", "[{\"id\":1}]", " [\n{\"id\":1}\n]", "{\"Value\":[{\"id\":1}]}", "{\"value\":[\n]}",
    "{\"totalCount\":1,\"items\":[]}", "{\n  \"Value\": [\n    {\"id\":1}\n  ]\n}",
    "{\n  \"id\": 1,\n  \"status\": \"a\"\n}", "{\"@odata.context\":\"x\",\"value\":[]}",
    "{\"id\": 1,\n \"status\": {\"x\": 1}}", "\u{FEFF}[{}]",
    #"{"message":"","value":[{"id":1}]}"#, #"{"a":{"value":[]},"b":"}\"","ITEMS" : [ ]}"#,
    "{\"message\":\"\",\"value\":[{\"id\":1}]}\n \n",
  ])
  func `tells JSON documents`(text: String) {
    #expect(shape(text) == .jsonDocument)
  }

  @Test(arguments: ["", "a,b\n1,2\n", "subscriptionId;reason\n", "# Title\n", "\u{0}\u{1}"])
  func `takes anything else for delimited text`(text: String) {
    #expect(shape(text) == .delimited)
  }

  @Test func `takes a first line that is too long for a row of JSON Lines`() {
    #expect(shape("{\"customerName\":\"" + String(repeating: "x", count: 2_000_000)) == .jsonLines)
    #expect(shape("{\"Value\":[" + String(repeating: " ", count: 2_000_000)) == .jsonDocument)
    let many = String(repeating: "{\"id\":1},", count: 200_000)
    #expect(shape("{\"message\":null,\"value\":[" + many) == .jsonDocument)
  }

  @Test func `gathers the columns of the first rows in lower case`() {
    let columns = ShapeDetector.columns(
      ofJSONLines: Array("{\"Id\":1}\nbad\n{\"STATUS\":2}\n".utf8))
    #expect(columns == ["id", "status"])
  }

  @Test func `sees the columns behind a byte order mark`() {
    let columns = ShapeDetector.columns(ofJSONLines: Array("\u{FEFF}{\"id\":1}".utf8))
    #expect(columns == ["id"])
  }

  @Test func `finds the header behind blank lines and Excel's separator`() {
    for text in ["\n\r\na;b\n1;2\n", "sep=;\r\na;b\r\n", "\n\nsep=;\na;b"] {
      #expect(ShapeDetector.columns(ofDelimited: Array(text.utf8), path: "x") == ["a", "b"])
    }
    let wide = (0..<20_000).map { "column\($0)" }
    let bytes = Array(wide.joined(separator: ",").utf8)
    #expect(ShapeDetector.columns(ofDelimited: bytes, path: "x") == Set(wide))
  }

  @Test func `reads a header line`() {
    let header = Array("\u{FEFF}Subscription Id; \"Reason\" ;from\r\n1;2;3".utf8)
    #expect(
      ShapeDetector.columns(ofDelimited: header, path: "x")
        == ["subscriptionid", "\"reason\"", "from"])
    #expect(ShapeDetector.columns(ofDelimited: [0x50, 0x4B, 0, 1], path: "x").isEmpty)
  }
}
