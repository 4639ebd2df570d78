import Files

/// The parser of one row against the one of whole values.
struct JSONRows: FuzzTarget {
  let name = "json-rows"
  let longestInput = 4_096

  func run(_ bytes: [UInt8]) {
    // Files skip the mark, so rows never begin with one.
    guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    let parser = JSONRowParser(fields: [["id", "subscriptionId"], ["quantity"], ["status"]])
    let outcome = parser.parse(bytes.span)
    // Twice: the second time it knows the keys.
    expect(parser.parse(bytes.span) == outcome, "the second reading differs")
    let value = try? JSONValue(parsing: bytes, path: "")
    switch outcome {
    case .object:
      guard let object = value?.object else {
        return expect(Self.isBeyondValues(parser), "a row that is no value")
      }
      compare(parser, with: object)
    case .other: expect(value?.object == nil, "an object that is no row")
    case .invalid: expect(value?.object == nil, "an object that is no valid row")
    }
  }

  /// Nested values are skipped by the parser of rows, and read by the other one, which has limits.
  private static func isBeyondValues(_ parser: JSONRowParser) -> Bool {
    parser.members.contains { $0.kind == .object || $0.kind == .array || $0.kind == .number }
  }

  private func compare(_ parser: JSONRowParser, with object: JSONObject) {
    var last: [String: Int] = [:]
    for index in 0..<parser.count {
      last[parser.key(index)] = index
      let place = parser.position(ofMember: index)
      expect(place.line >= 1 && place.column >= 1, "a member without a place")
    }
    expect(last.count == object.count, "\(last.count) keys, and \(object.count) in the value")
    for (key, index) in last {
      guard let value = object[key] else { return expect(false, "a key is missing") }
      switch value {
      case .string(let text): expect(parser.string(index) == text, "another text")
      case .integer(let integer): expect(parser.int(index) == integer, "another whole number")
      case .number(let number): expect(parser.double(index) == number, "another number")
      case .bool(let flag): expect(parser.bool(index) == flag, "another boolean")
      case .null: expect(parser.isNull(index), "no null")
      case .array: expect(parser.kind(index) == .array, "no array")
      case .object: expect(parser.kind(index) == .object, "no object")
      }
    }
  }
}
