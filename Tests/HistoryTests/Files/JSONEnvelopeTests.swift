import TestSupport
import Testing

@testable import Files

struct JSONEnvelopeTests {
  private func envelope(_ text: String) throws(FileError) -> JSONEnvelope {
    try JSONEnvelope(Array(text.utf8), path: "a.json")
  }

  /// Each row as "index line: what it is", objects by their member "a".
  private func rows(_ envelope: JSONEnvelope) throws -> [String] {
    var rows: [String] = []
    try envelope.forEachRow { index, line, row in
      switch row.outcome {
      case .object:
        let member = row.index(ofKey: "a").flatMap { row.int($0) }
        rows.append("\(index) \(line): \(member.map(String.init) ?? "none")")
      case .other(let kind): rows.append("\(index) \(line): \(kind)")
      case .invalid(let error):
        rows.append("\(index) \(line): \(error.what) at \(row.errorPosition.column)")
      }
    }
    return rows
  }

  private func rows(_ text: String) throws -> [String] { try rows(envelope(text)) }

  private func failure(_ bytes: [UInt8]) -> String {
    do throws(FileError) {
      _ = try JSONEnvelope(bytes, path: "a.json")
      return "valid"
    } catch {
      return "\(error.line ?? 0):\(error.column ?? 0) \(error.what)"
    }
  }

  private func failure(_ text: String) -> String { failure(Array(text.utf8)) }

  @Test func `a bare object is one row`() throws {
    let one = try envelope(#" {"a": 1, "list": [1, 2], "o": {"value": [5]}} "#)
    #expect(one.isBareObject)
    #expect(one.rowCount == 1)
    #expect(one.nextLink == nil)
    #expect(one.totalCount == nil)
    #expect(try rows(one) == ["0 1: 1"])
  }

  @Test func `a bare array is a list of rows`() throws {
    let list = try envelope("[{\"a\": 1},\n {\"a\": 2}\n,{\"b\": 3}]\n")
    #expect(!list.isBareObject)
    #expect(try rows(list) == ["0 1: 1", "1 2: 2", "2 3: none"])
    #expect(try rows("[]") == [])
    #expect(try rows(" [ ] ") == [])
  }

  @Test func `the analytics envelope`() throws {
    let page = try envelope(
      #"{"Value": [{"a": 1}, {"a": 2}], "@nextLink": "https://x/?skip=2", "TotalCount": 7}"#)
    #expect(page.nextLink == "https://x/?skip=2")
    #expect(page.totalCount == 7)
    #expect(!page.isBareObject)
    #expect(try rows(page) == ["0 1: 1", "1 1: 2"])
  }

  @Test func `the insights envelope, in any case and order`() throws {
    let page = try envelope(
      """
      {"statusCode": 200, "dataRedacted": false, "message": "x", "TOTALCOUNT": "12",
       "NextLink": "https:\\/\\/y", "value": [
        {"a": 1}]}
      """)
    #expect(page.nextLink == "https://y")
    #expect(page.totalCount == 12)
    #expect(try rows(page) == ["0 3: 1"])
  }

  @Test func `the OData link`() throws {
    let page = try envelope(
      #"{"@odata.context": "c", "@odata.count": 3, "value": [], "@odata.nextLink": "n"}"#)
    #expect(page.nextLink == "n")
    #expect(page.totalCount == 3)
    #expect(page.rowCount == 0)
  }

  @Test func `the classic envelope`() throws {
    let page = try envelope(
      #"""
      {"totalCount": 2, "items": [{"a": 1}, {"a": 2}],
       "links": {"self": {"uri": "/me", "method": "GET", "headers": []},
                 "next": {"uri": "/next", "method": "GET", "headers": []}},
       "attributes": {"objectType": "Collection"}}
      """#)
    #expect(page.nextLink == "/next")
    #expect(page.totalCount == 2)
    #expect(try rows(page) == ["0 1: 1", "1 1: 2"])
    #expect(try envelope(#"{"items": [], "links": {"next": "/n"}}"#).nextLink == "/n")
    #expect(try envelope(#"{"items": [], "links": {"self": {"uri": "/me"}}}"#).nextLink == nil)
    #expect(try envelope(#"{"items": [], "links": {"next": null}}"#).nextLink == nil)
  }

  @Test func `null and empty links are none`() throws {
    #expect(try envelope(#"{"Value": [], "@nextLink": null, "TotalCount": 0}"#).nextLink == nil)
    #expect(try envelope(#"{"Value": [], "@nextLink": ""}"#).nextLink == nil)
  }

  @Test func `a total that is no number is unknown`() throws {
    #expect(try envelope(#"{"Value": [], "TotalCount": "many"}"#).totalCount == nil)
    #expect(try envelope(#"{"Value": [], "TotalCount": 1.5}"#).totalCount == nil)
    #expect(try envelope(#"{"Value": [], "TotalCount": null}"#).totalCount == nil)
  }

  @Test func `one row without its brackets, as PowerShell writes it`() throws {
    let page = try envelope(#"{"value": {"a": 1}, "totalCount": 1}"#)
    #expect(!page.isBareObject)
    #expect(try rows(page) == ["0 1: 1"])
  }

  @Test func `no list at all is an empty page only beside other names of a page`() throws {
    #expect(try envelope(#"{"value": null, "totalCount": 0}"#).rowCount == 0)
    #expect(try envelope(#"{"value": null, "a": 1}"#).isBareObject)
  }

  @Test func `rows that are broken inside are handed on alone`() throws {
    #expect(
      try rows(#"[{"a": 1}, {"a": tru}, {"a" 2}, {"a": [1, NaN]}, {"a": 5}]"#)
        == [
          "0 1: 1", "1 1: an unknown word stands here at 18", "2 1: the JSON is invalid at 29",
          "3 1: an unknown word stands here at 43", "4 1: 5",
        ])
  }

  @Test func `rows that are no objects are handed on as what they are`() throws {
    #expect(
      try rows(#"[7, "x", null, [1], true, 2.5, undefined, {"a": 1}]"#)
        == [
          "0 1: integer", "1 1: string", "2 1: null", "3 1: array", "4 1: bool", "5 1: number",
          "6 1: an unknown word stands here at 32", "7 1: 1",
        ])
  }

  @Test func `bytes that are not UTF-8 reject their row only`() throws {
    let bytes =
      Array(#"[{"a": 1}, {"a": "caf"#.utf8) + [0xE9] + Array("\"},\n{\"a\": 3, \"b\": \"x".utf8)
      + [0x01] + Array("\"}, {\"a\": 4}]".utf8)
    #expect(
      try rows(JSONEnvelope(bytes, path: "a"))
        == [
          "0 1: 1", "1 1: the text is not UTF-8 here at 22",
          "2 2: a control character stands unescaped at 17", "3 2: 4",
        ])
  }

  @Test func `a line break inside a string rejects its row only`() throws {
    #expect(
      try rows("[{\"a\": 1, \"n\": \"x\ny\"}, {\"a\": 2}]")
        == ["0 1: a control character stands unescaped at 18", "1 2: 2"])
  }

  @Test func `a byte order mark is dropped, UTF-16 refused`() throws {
    #expect(
      try rows(JSONEnvelope([0xEF, 0xBB, 0xBF] + Array("[{\"a\": 1}]".utf8), path: "a"))
        == ["0 1: 1"])
    #expect(failure([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00]) == "1:0 the text is UTF-16")
  }

  @Test func `what is no list and no object is refused`() {
    #expect(failure("") == "1:1 there is nothing")
    #expect(failure("7") == "1:1 the value is not an object")
    #expect(failure("\"x\"") == "1:1 the value is not an object")
    #expect(failure("Date,Name\n").hasPrefix("1:1 "))
    #expect(failure("<html></html>").hasPrefix("1:1 "))
  }

  @Test func `every cut of a document is refused`() throws {
    for text in [
      #"{"Value": [{"a": 1, "b": "x"}, {"a": [2, {"c": null}]}], "@nextLink": null, "TotalCount": 2}"#,
      #"[{"a": 1}, {"a": 2}]"#, #"{"a": 1, "b": [true, {}]}"#,
    ] {
      let bytes = Array(text.utf8)
      #expect(failure(bytes) == "valid")
      for length in 0..<bytes.count {
        #expect(failure(Array(bytes[..<length])) != "valid", "cut at \(length) of \(text)")
      }
    }
  }

  @Test func `a cut names the end, or the string that does not end`() {
    #expect(failure("[{\"a\": 1},\n{\"a\": 2") == "2:8 the JSON is cut off")
    #expect(failure("[{\"a\": 1},\n{\"a\": \"x") == "2:7 the string that starts here does not end")
    #expect(failure(#"{"Value": [{"a": 1}]"#) == "1:21 the JSON is cut off")
    #expect(
      failure(#"{"Value": [{"a": 1}], "Tot"#) == "1:23 the string that starts here does not end")
  }

  @Test func `what follows the end is refused`() {
    #expect(failure("[] []") == "1:4 something follows the end of the JSON")
    #expect(failure("[{\"a\": 1}]\n{\"a\": 2}") == "2:1 something follows the end of the JSON")
    #expect(failure("{\"a\": 1}\n{\"a\": 2}\n") == "2:1 something follows the end of the JSON")
    #expect(failure("[{\"a\": 1}]]") == "1:11 something follows the end of the JSON")
    #expect(failure("[{\"a\": 1}] x") == "1:12 something follows the end of the JSON")
  }

  @Test func `what is broken around the rows is refused with its place`() {
    for (text, place) in [
      ("[{\"a\": 1} {\"a\": 2}]", 11), ("[{\"a\": 1},, {\"a\": 2}]", 11), ("[{\"a\": 1},]", 11),
      ("{\"Value\": [] \"TotalCount\": 1}", 14), ("{\"Value\" []}", 10), ("{Value: []}", 2),
      ("{\"Value\": [], \"TotalCount\": tru}", 29), ("{\"Value\": [], \"x\": {\"y\": 1e999}}", 26),
      ("[{\"a\": 1}}, {\"a\": 2}]", 10),
    ] {
      let bytes = Array(text.utf8)
      let error = #expect(throws: FileError.self) { try JSONEnvelope(bytes, path: "a") }
      let column = error?.column ?? 0
      #expect(abs(column - place) <= 1, "\(text) at \(column): \(error?.what ?? "")")
    }
  }

  @Test func `rows of many lines keep their places`() throws {
    let text =
      "{\"Value\": [\n" + (0..<500).map { "  {\n    \"a\": \($0)\n  }" }.joined(separator: ",\n")
    let read = try rows(text + "\n]}\n")
    #expect(read == (0..<500).map { "\($0) \(2 + 3 * $0): \($0)" })
  }

  @Test(arguments: 0..<100)
  func `agrees with the whole-value parser on random documents`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let list = (0..<Int.random(in: 0...6, using: &random)).map { number in
      JSONValue.object(["a": .integer(number), "x": .random(depth: 2, using: &random)])
    }
    var outer = JSONObject([("x", JSONValue.random(depth: 2, using: &random))])
    outer[Bool.random(using: &random) ? "Value" : "items"] = .array(list)
    outer["y"] = .random(depth: 2, using: &random)
    let text = JSONValue.object(outer).serialized(pretty: Bool.random(using: &random))
    #expect(try rows(text).map { $0.split(separator: " ").last } == list.indices.map { "\($0)" })
  }

  @Test(arguments: 0..<300)
  func `damaged documents never crash`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let row: JSONValue = ["a": 1, "x": .random(depth: 2, using: &random)]
    var bytes = Array(
      JSONValue.object(["Value": .array([row, row]), "@nextLink": nil]).serialized().utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    do throws(FileError) {
      let page = try JSONEnvelope(bytes, path: "a")
      var count = 0
      try? page.forEachRow { _, line, _ in
        count += 1
        #expect(line >= 1)
      }
      #expect(count == page.rowCount)
    } catch {
      #expect(error.kind == .unusable)
      #expect((error.line ?? 0) >= 1, "\(error)")
    }
  }
}
