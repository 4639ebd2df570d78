import TestSupport
import Testing

@testable import Files

struct JSONRowParserTests {
  private let parser = JSONRowParser(
    fields: [["subscriptionId", "id"], ["quantity", "consumedQuantity"], ["usageDate"]])

  @discardableResult
  private func parse(
    _ text: String, from origin: TextPosition = TextPosition(line: 1, column: 1)
  ) -> JSONRowParser.Outcome {
    let bytes = Array(text.utf8)
    return parser.parse(bytes.span, from: origin)
  }

  private func offset(_ text: String) -> Int? {
    guard case .invalid(let error) = parse(text) else { return nil }
    return error.offset
  }

  @Test func `lists the members of an object in order`() {
    #expect(
      parse(#"{"id": "a\u00e9", "quantity": 20, "other": 2.5, "x": true, "y": null}"#) == .object)
    #expect(parser.count == 5)
    #expect((0..<5).map(parser.key) == ["id", "quantity", "other", "x", "y"])
    #expect((0..<5).map(parser.kind) == [.string, .integer, .number, .bool, .null])
    #expect((0..<5).map { parser[$0].field } == [0, 1, -1, -1, -1])
    #expect(parser.string(0) == "aé")
    #expect(parser.int(1) == 20)
    #expect(parser.double(1) == 20)
    #expect(parser.double(2) == 2.5)
    #expect(parser.int(2) == nil)
    #expect(parser.bool(3) == true)
    #expect(parser.isNull(4))
    #expect(parser.string(1) == nil)
    #expect(parser.bool(0) == nil)
  }

  @Test func `tells fields by any of their names in any case`() {
    parse(#"{"SUBSCRIPTIONID": 1, "ConsumedQuantity": 2, "usagedate": 3, "usageDates": 4}"#)
    #expect(parser.members.map(\.field) == [0, 1, 2, -1])
    #expect(parser.index(ofField: 1) == 1)
    #expect(parser.index(ofField: 7) == nil)
    #expect(parser.index(ofKey: "usagedate") == 2)
    #expect(parser.index(ofKey: "usageDate") == nil)
  }

  @Test func `does not confuse keys when their order changes from row to row`() {
    // Each place holds keys of the same and of other lengths in turn, below 8, up to 16, and above.
    let rows = [
      (#"{"id": 1, "quantity": 2, "usageDate": 3}"#, [0, 1, 2]),
      (#"{"usageDate": 3, "id": 1, "quantity": 2}"#, [2, 0, 1]),
      (#"{"ab": 1, "quantitx": 2, "usageDatf": 3}"#, [-1, -1, -1]),
      (#"{"id": 1, "xuantity": 2, "vsageDate": 3}"#, [0, -1, -1]),
      (#"{"subscriptionId": 1, "consumedQuantity": 2}"#, [0, 1]),
      (#"{"subscriptionIe": 1, "consumedQuantitz": 2}"#, [-1, -1]),
      (#"{}"#, []),
      (#"{"id": 1, "quantity": 2, "usageDate": 3}"#, [0, 1, 2]),
    ]
    for (text, fields) in rows + rows.reversed() {
      parse(text)
      #expect(parser.members.map(\.field) == fields, "\(text)")
    }
  }

  @Test func `the last of equal keys counts`() {
    parse(#"{"id": 1, "ID": 2, "id": 3}"#)
    #expect(parser.count == 3)
    #expect(parser.index(ofField: 0) == 2)
    #expect(parser.index(ofKey: "id") == 2)
  }

  @Test func `nested values keep their kind only`() {
    parse(#"{"a": {"id": 1, "b": [2]}, "id": 3, "c": [{"id": 4}], "d": "x"}"#)
    #expect((0..<4).map(parser.kind) == [.object, .integer, .array, .string])
    #expect(parser.index(ofField: 0) == 1)
    #expect(parser.string(3) == "x")
    #expect(parser.string(0) == nil)
    #expect(parser.withStringBytes(0) { $0.count } == 0)
  }

  @Test func `hands out members and text at once`() {
    parse(#"{"id": "ab", "x": "\"c\"", "quantity": 7}"#)
    let seen = parser.withRow { members, text in
      members.indices.map { index in
        let range = members[index].text
        return text.string(at: range.lowerBound, count: range.count)
      }
    }
    #expect(seen == ["ab", "\"c\"", ""])
    #expect(parser.withStringBytes(0) { $0.count } == 2)
  }

  @Test func `numbers at the edges of 64 bits`() {
    parse(#"{"a": 9223372036854775807, "b": 18446744073709551615, "c": -0.0, "d": 1e308, "e": 0}"#)
    #expect(parser.int(0) == .max)
    #expect(parser.int(1) == nil)
    #expect(parser.double(1) == 0x1p64)
    #expect(parser.double(2)?.sign == .minus)
    #expect(parser.double(3) == 1e308)
    #expect(parser.int(4) == 0)
  }

  @Test func `values that are no objects say what they are`() {
    #expect(parse("[1]") == .other(.array))
    #expect(parse("7") == .other(.integer))
    #expect(parse(" 7.5 ") == .other(.number))
    #expect(parse("\"x\"") == .other(.string))
    #expect(parse("null") == .other(.null))
    #expect(parse("false") == .other(.bool))
    #expect(parser.count == 0)
    #expect(parser.members.isEmpty)
  }

  @Test func `an invalid row says why and where, and the next one is read as ever`() {
    #expect(offset(#"{"a": tru}"#) == 6)
    #expect(offset(#"{"a": 1"#) == 7)
    #expect(offset(#"{"a": "x"#) == 6)
    #expect(offset(#"{"a": NaN}"#) == 6)
    #expect(offset(#"{"a": 1e400}"#) == 6)
    #expect(offset(#"{"a": 123456789012345678901234567890}"#) == 6)
    #expect(offset(#"{"a": "\udc00"}"#) == 6)
    #expect(offset(#"{"\q": 1}"#) == 1)
    #expect(offset("{\"a\": \"\u{1}\"}") == 7)
    #expect(offset("") == 0)
    #expect(offset("{} {}") == 3)
    #expect(parser.count == 0)
    #expect(parse(#"{"id": 1}"#) == .object)
    #expect(parser.int(0) == 1)
  }

  @Test func `places are those of the file`() {
    let origin = TextPosition(line: 40, column: 9)
    parse("{\"id\": 1,\n  \"a\": [1, {\"id\": 2}], \"quantity\": 3}", from: origin)
    #expect(parser.position(ofMember: 0) == TextPosition(line: 40, column: 10))
    #expect(parser.position(ofMember: 1) == TextPosition(line: 41, column: 3))
    #expect(parser.position(ofMember: 2) == TextPosition(line: 41, column: 24))
    parse("{\"id\": 1,\n  \"a\": tru}", from: origin)
    #expect(parser.errorPosition == TextPosition(line: 41, column: 8))
    parse("[", from: origin)
    #expect(parser.errorPosition == TextPosition(line: 40, column: 10))
    parse("7", from: origin)
    #expect(parser.errorPosition == origin)
  }

  @Test func `a row with thousands of members`() {
    let text = "{" + (0..<3_000).map { "\"k\($0)\": \($0)" }.joined(separator: ",") + "}"
    for _ in 0..<2 {
      #expect(parse(text) == .object)
      #expect(parser.count == 3_000)
      #expect(parser.int(2_999) == 2_999)
      #expect(parser.key(2_999) == "k2999")
    }
    parse("{}")
    #expect(parser.count == 0)
  }

  @Test func `deep nesting is refused`() {
    let open = String(repeating: "[", count: 300)
    let close = String(repeating: "]", count: 300)
    guard case .invalid(let error) = parse("{\"a\": \(open)\(close)}") else {
      Issue.record("accepted")
      return
    }
    #expect(error.what == "the nesting is too deep")
  }

  @Test func `a name in two fields, and parsing inside withRow, are programming errors`() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONRowParser(fields: [["a"], ["A"]])
    }
    await #expect(processExitsWith: .failure) {
      let parser = JSONRowParser()
      let bytes = Array("{}".utf8)
      parser.parse(bytes.span)
      parser.withRow { _, _ in _ = parser.parse(bytes.span) }
    }
  }

  // The twin: the whole-value parser, which builds everything as Swift values.
  @Test(arguments: 0..<200)
  func `agrees with the whole-value parser on random rows`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<5 {
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let key = JSONValue.randomString(using: &random)
        object[key] = JSONValue.random(depth: 2, using: &random)
      }
      let text = JSONValue.object(object).serialized(pretty: Bool.random(using: &random))
      let twin = try #require(JSONValue(parsing: Array(text.utf8), path: "a").object)
      #expect(parse(text) == .object)
      #expect(parser.count == twin.count)
      for (index, member) in twin.members.enumerated() {
        #expect(parser.key(index) == member.key)
        #expect(parser.isNull(index) == member.value.isNull)
        #expect(parser.bool(index) == member.value.bool)
        #expect(parser.string(index) == member.value.string)
        #expect(parser.double(index) == member.value.double)
        #expect((parser.kind(index) == .array) == (member.value.array != nil))
        #expect((parser.kind(index) == .object) == (member.value.object != nil))
      }
    }
  }

  @Test(arguments: 0..<300)
  func `damaged rows fail here when they fail there`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var bytes = Array(
      JSONValue.object(["a": .random(depth: 2, using: &random), "b": 1]).serialized().utf8)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    let twin = Result { try JSONValue(parsing: bytes, path: "a") }
    switch parser.parse(bytes.span) {
    case .object: #expect(try twin.get().object != nil)
    case .other: #expect(try twin.get().object == nil)
    case .invalid(let error):
      #expect((0...bytes.count).contains(error.offset))
      #expect(throws: FileError.self) { try twin.get() }
    }
  }
}
