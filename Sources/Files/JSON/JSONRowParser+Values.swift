// Values one at a time. Each call looks the table up again, so loops over many rows use `withRow`.
extension JSONRowParser {
  /// The key of a member, its escapes resolved.
  package func key(_ index: Int) -> String {
    let range = self[index].key
    return withRow { $1.string(at: range.lowerBound, count: range.count) }
  }

  /// The last member with exactly this key; nil when the row has none.
  package func index(ofKey key: String) -> Int? {
    (0..<count).last { self.key($0) == key }
  }

  /// What the value of a member is.
  package func kind(_ index: Int) -> JSONKind { self[index].kind }

  /// Whether the value of a member is null.
  package func isNull(_ index: Int) -> Bool { self[index].kind == .null }

  /// The value of a string, its escapes resolved; nil for other kinds.
  package func string(_ index: Int) -> String? {
    let member = self[index]
    guard member.kind == .string else { return nil }
    return withRow { $1.string(at: member.text.lowerBound, count: member.text.count) }
  }

  /// Hands out the bytes of a string, UTF-8 with its escapes resolved; none for other kinds.
  package func withStringBytes<Result, Failure>(
    _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = self[index].text
    return try withRow { (_, text) throws(Failure) in try body(text.extracting(range)) }
  }

  /// The value of a number; nil for other kinds.
  package func double(_ index: Int) -> Double? {
    switch self[index].kind {
    case .integer, .number: self[index].number
    default: nil
    }
  }

  /// The value of a whole number of 64 bits; nil for other kinds.
  package func int(_ index: Int) -> Int? {
    self[index].kind == .integer ? self[index].integer : nil
  }

  /// The value of a boolean; nil for other kinds.
  package func bool(_ index: Int) -> Bool? {
    self[index].kind == .bool ? self[index].integer != 0 : nil
  }
}
