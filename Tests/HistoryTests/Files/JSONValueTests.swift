import TestSupport
import Testing

@testable import Files

struct JSONValueTests {
  private func parse(_ text: String) throws(FileError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), path: "a.json")
  }

  private func failure(_ bytes: [UInt8]) -> String {
    do throws(FileError) {
      _ = try JSONValue(parsing: bytes, path: "a.json")
      return "valid"
    } catch {
      return "\(error.line ?? 0):\(error.column ?? 0) \(error.what)"
    }
  }

  private func failure(_ text: String) -> String { failure(Array(text.utf8)) }

  @Test func `reads every kind`() throws {
    let value = try parse(
      #" {"a": null, "b": [true, false], "c": -7, "d": 2.5, "e": "x\n\u00e9", "f": {}} "#)
    #expect(
      value
        == [
          "a": nil, "b": [true, false], "c": -7, "d": 2.5, "e": "x\né", "f": [:],
        ])
  }

  @Test func `reads scalars alone`() throws {
    #expect(try parse("7") == 7)
    #expect(try parse(" \"a\" ") == "a")
    #expect(try parse("null") == nil)
    #expect(try parse("true\n") == true)
  }

  @Test func `answers by key, index and kind, and nil otherwise`() throws {
    let value = try parse(#"{"a": [1, 2.0, 2.5], "b": "x", "c": true, "d": null}"#)
    #expect(value["a"]?[0]?.int == 1)
    #expect(value["a"]?[1]?.int == 2)
    #expect(value["a"]?[2]?.int == nil)
    #expect(value["a"]?[2]?.double == 2.5)
    #expect(value["a"]?[0]?.double == 1)
    #expect(value["a"]?[3] == nil)
    #expect(value["a"]?[-1] == nil)
    #expect(value["a"]?["b"] == nil)
    #expect(value["b"]?.string == "x")
    #expect(value["b"]?.int == nil)
    #expect(value["c"]?.bool == true)
    #expect(value["d"]?.isNull == true)
    #expect(value["e"] == nil)
    #expect(value[0] == nil)
    #expect(value.object?.count == 4)
  }

  @Test func `objects keep their order, and the last of equal keys wins`() throws {
    let value = try parse(#"{"b": 1, "a": 2, "b": 3}"#)
    #expect(value.serialized(pretty: false) == #"{"b":3,"a":2}"#)
  }

  @Test func `whole numbers beyond 64 bits signed are numbers`() throws {
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("-9223372036854775808") == .integer(.min))
    #expect(try parse("9223372036854775808") == .number(0x1p63))
    #expect(try parse("1e2") == .number(100))
  }

  @Test func `a byte order mark is dropped`() throws {
    #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x37], path: "a") == 7)
    #expect(failure([0xEF, 0xBB, 0xBF] + Array("[1,]".utf8)).hasPrefix("1:7 "))
  }

  @Test func `is pretty with two spaces, and plain without any`() throws {
    let value = try parse(#"{"name":"a","rows":[1,2.5,[],[[]]],"empty":{},"o":{"k":null}}"#)
    #expect(
      value.serialized()
        == """
        {
          "name": "a",
          "rows": [
            1,
            2.5,
            [],
            [
              []
            ]
          ],
          "empty": {},
          "o": {
            "k": null
          }
        }
        """)
    #expect(
      value.serialized(pretty: false)
        == #"{"name":"a","rows":[1,2.5,[],[[]]],"empty":{},"o":{"k":null}}"#)
  }

  @Test func `tells the place of an error`() {
    #expect(failure("[1,\n  tru]") == "2:3 an unknown word stands here")
    #expect(failure(#"{"a": NaN}"#) == "1:7 an unknown word stands here")
    #expect(failure(#"{"a": 1e999}"#) == "1:7 the number is misspelt or too large")
    #expect(failure(#"{"a": 01}"#) == "1:7 the number is misspelt or too large")
    #expect(failure(#"["\ud800"]"#).hasPrefix("1:2 an escape in the string"))
    #expect(failure(#"["ok", "\x"]"#).hasPrefix("1:8 an escape in the string"))
    #expect(failure("[\"a\nb\"]") == "1:4 a control character stands unescaped")
    #expect(
      failure(Array("[\"a".utf8) + [0xFF] + Array("\"]".utf8)).hasPrefix(
        "1:4 the text is not UTF-8"))
    #expect(failure("[1,2") == "1:5 the JSON is cut off")
    #expect(failure(#"{"a": {"b": [1"#) == "1:15 the JSON is cut off")
    #expect(failure(#"{"a": tru"#) == "1:10 the JSON is cut off")
    #expect(failure("[1, 2e") == "1:7 the JSON is cut off")
    #expect(failure(#"{"a": "b"#) == "1:7 the string that starts here does not end")
    #expect(failure("[1] [2]") == "1:5 something follows the end of the JSON")
    #expect(failure("{} x") == "1:4 something follows the end of the JSON")
    #expect(failure("") == "1:1 there is nothing")
    #expect(failure(" \n ") == "1:1 there is nothing")
    #expect(failure("nul") == "1:1 an unknown word stands here")
    #expect(failure("  -") == "1:3 the number is misspelt or too large")
  }

  @Test func `finds missing and surplus punctuation near its place`() {
    // The place may be the one before or after: what counts is that it is close.
    for (text, place) in [
      (#"{"a" 1}"#, 6), (#"{"a": 1 "b": 2}"#, 9), (#"{a: 1}"#, 2), (#"[1 2]"#, 4), (#"[1,]"#, 4),
      (#"{"a": 1,}"#, 9), (#"[1]]"#, 4), (#"{"a": 1}}"#, 9), (#"[,1]"#, 2), (#"{"a":}"#, 6),
    ] {
      let bytes = Array(text.utf8)
      let error = #expect(throws: FileError.self) { try JSONValue(parsing: bytes, path: "a") }
      let column = error?.column ?? 0
      #expect(abs(column - place) <= 1, "\(text) at \(column): \(error?.what ?? "")")
    }
  }

  @Test func `nesting is allowed up to 256 levels`() {
    let deep = String(repeating: "[", count: 255) + String(repeating: "]", count: 255)
    #expect(failure(deep) == "valid")
    let deeper = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(failure(deeper).hasSuffix("the nesting is too deep"))
    let bottomless = String(repeating: "[", count: 1_000_000)
    #expect(failure(bottomless) != "valid")
  }

  @Test func `UTF-16 is refused with the remedy`() {
    #expect(failure([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]) == "1:0 the text is UTF-16")
  }

  @Test func `no error text shows what the file says`() {
    for text in [#"{"Contoso": tru}"#, #"["Contoso" 1]"#, #"{"a": "Contoso"#, #"["Contoso\x"]"#] {
      let bytes = Array(text.utf8)
      let error = #expect(throws: FileError.self) { try JSONValue(parsing: bytes, path: "a") }
      #expect(error?.description.contains("Contoso") == false)
    }
  }

  @Test(arguments: 0..<200)
  func `random values survive writing and reading`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let value = JSONValue.random(depth: 4, using: &random)
    for pretty in [true, false] {
      let text = value.serialized(pretty: pretty)
      let back = try parse(text)
      // Whole doubles are written without a fraction, so they come back as integers.
      #expect(back == value.withWholeNumbersAsIntegers)
      #expect(back.serialized(pretty: pretty) == text)
    }
  }

  @Test(arguments: 0..<300)
  func `damaged text never crashes and never passes unseen as the same`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var bytes = Array(JSONValue.random(depth: 3, using: &random).serialized().utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1 where bytes.count > 1: bytes.remove(at: place)
      default: bytes = Array(bytes[...place])
      }
    }
    // Whatever it is, it is either an error with a place inside the text, or a value that is valid.
    do throws(FileError) {
      let value = try JSONValue(parsing: bytes, path: "a")
      #expect(try parse(value.serialized()) == value.withWholeNumbersAsIntegers)
    } catch {
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
      #expect(error.line.map { (1...lines).contains($0) } == true, "\(error)")
    }
  }
}

extension JSONValue {
  /// Any value, with all the characters and numbers that are hard to write.
  static func random(depth: Int, using random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int(truncatingIfNeeded: random.next()) >> Int(random.next() % 64))
    case 3:
      let number = Double(bitPattern: random.next())
      return .number(number.isFinite ? number : 0.5)
    case 4: return .number(Double(Int.random(in: -999...999, using: &random)) / 8)
    case 5: return .string(randomString(using: &random))
    case 6:
      let count = Int.random(in: 0...4, using: &random)
      return .array((0..<count).map { _ in self.random(depth: depth - 1, using: &random) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        object[randomString(using: &random)] = self.random(depth: depth - 1, using: &random)
      }
      return .object(object)
    }
  }

  static func randomString(using random: inout SeededGenerator) -> String {
    let pool: [Unicode.Scalar] = [
      "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\r", "\t", "\0", "\u{1F}", "\u{7F}", "\u{A8}",
      "é", "ß", "中", "\u{2027}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFF}", "😀", "\u{10FFFF}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      text.unicodeScalars.append(pool[Int.random(in: 0..<pool.count, using: &random)])
    }
    return text
  }

  /// The value as it comes back: doubles that are whole numbers are read as integers.
  var withWholeNumbersAsIntegers: JSONValue {
    switch self {
    case .number(let number) where number.magnitude < 0x1p53:
      let isMinusZero = number == 0 && number.sign == .minus
      guard let integer = Int(exactly: number), !isMinusZero else { return self }
      return .integer(integer)
    case .array(let elements): return .array(elements.map(\.withWholeNumbersAsIntegers))
    case .object(let object):
      return .object(
        JSONObject(object.members.map { ($0.key, $0.value.withWholeNumbersAsIntegers) }))
    default: return self
    }
  }
}
