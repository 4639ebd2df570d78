internal import Files
internal import Glibc

/// Reads JSON that is spelled as `JSONWriter` spells it, one expectation after the other.
///
/// ```
///   {"rank": 1, "subscriptionId": "…", …        json.begin(range); json.key("rank"); json.integer()
///   └ as expected: nothing is searched, nothing is built but the values
/// ```
/// Any other spelling, valid JSON or not, ends in `isAsExpected == false`; what was read so far then
/// means nothing, and a whole parser has to look at the text.
struct SpelledJSON {
  private(set) var isAsExpected = true
  private let bytes: [UInt8]
  private var place = 0
  private var end = 0
  private var isFirstKey = true
  private var pool = StringPool()

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Starts at an object in the bytes.
  mutating func begin(_ range: Range<Int>) {
    (place, end) = (range.lowerBound, min(range.upperBound, bytes.count))
    isAsExpected = true
    beginObject()
  }

  /// Whether all was as expected up to the end.
  mutating func finish() -> Bool {
    endObject()
    return isAsExpected && place == end
  }

  // MARK: - What stands around values

  mutating func beginObject() {
    expect("{")
    isFirstKey = true
  }

  mutating func endObject() {
    expect("}")
    isFirstKey = false
  }

  /// The key that must come next.
  mutating func key(_ key: StaticString) {
    expect(isFirstKey ? "\"" : ", \"")
    isFirstKey = false
    expect(key)
    expect("\": ")
  }

  /// Whether the value is null, which is then behind us.
  mutating func isNull() -> Bool { skip("null") }

  /// Whether a text comes next.
  var isText: Bool { place < end && bytes[place] == UInt8(ascii: "\"") }

  /// The elements of an array.
  mutating func array<Element>(_ element: (inout SpelledJSON) -> Element?) -> [Element] {
    expect("[")
    var elements: [Element] = []
    if skip("]") { return elements }
    repeat {
      if let element = element(&self) { elements.append(element) }
    } while isAsExpected && skip(", ")
    expect("]")
    return elements
  }

  /// The members of an object of any keys.
  mutating func members(_ member: (inout SpelledJSON, _ key: String) -> Void) {
    expect("{")
    if skip("}") { return }
    repeat {
      let key = word()
      expect(": ")
      member(&self, key)
    } while isAsExpected && skip(", ")
    expect("}")
  }

  mutating func fail() { isAsExpected = false }

  // MARK: - Values

  /// A text that hardly occurs twice.
  mutating func string() -> String {
    guard let text = text() else { return "" }
    return string(of: text)
  }

  /// A text that occurs again and again: the same ones share their memory.
  mutating func word() -> String {
    guard let text = text() else { return "" }
    // So short a text needs no memory of its own.
    if text.range.count <= 15 { return string(of: text) }
    if let known = pool.find(text.range, in: bytes) { return known }
    let string = string(of: text)
    pool.keep(string, text.range, in: bytes)
    return string
  }

  mutating func optionalString() -> String? { isNull() ? nil : string() }
  mutating func optionalWord() -> String? { isNull() ? nil : word() }

  mutating func flag() -> Bool {
    if skip("true") { return true }
    expect("false")
    return false
  }

  mutating func optionalFlag() -> Bool? { isNull() ? nil : flag() }

  /// A whole number without a fraction.
  mutating func integer() -> Int {
    let isNegative = skip("-")
    let first = place
    var value = 0
    while place < end, isDigit(bytes[place]) {
      value = value &* 10 &+ Int(bytes[place] &- UInt8(ascii: "0"))
      place += 1
    }
    // 18 digits always fit; zeros in front are no JSON.
    let count = place - first
    guard (1...18).contains(count), count == 1 || bytes[first] != UInt8(ascii: "0"),
      place == end || !".eE".utf8.contains(bytes[place])
    else {
      fail()
      return 0
    }
    return isNegative ? -value : value
  }

  mutating func optionalInteger() -> Int? { isNull() ? nil : integer() }

  mutating func number() -> Double {
    let first = place
    if place < end, bytes[place] == UInt8(ascii: "-") { place += 1 }
    let whole = skipDigits()
    guard whole > 0, whole == 1 || bytes[place - whole] != UInt8(ascii: "0") else {
      fail()
      return 0
    }
    guard place < end, ".eE".utf8.contains(bytes[place]) else {
      // A whole number of few digits is exact.
      guard whole <= 15 else { return slowNumber(from: first) }
      let sign = bytes[first] == UInt8(ascii: "-")
      var value = 0
      for index in (place - whole)..<place {
        value = value &* 10 &+ Int(bytes[index] &- UInt8(ascii: "0"))
      }
      return sign ? -Double(value) : Double(value)
    }
    if bytes[place] == UInt8(ascii: ".") {
      place += 1
      if skipDigits() == 0 { fail() }
    }
    if place < end, bytes[place] == UInt8(ascii: "e") || bytes[place] == UInt8(ascii: "E") {
      place += 1
      if place < end, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
        place += 1
      }
      if skipDigits() == 0 { fail() }
    }
    return slowNumber(from: first)
  }

  mutating func optionalNumber() -> Double? { isNull() ? nil : number() }

  // MARK: - Bytes

  private mutating func slowNumber(from first: Int) -> Double {
    guard isAsExpected, let value = JSONText.number(bytes.span.extracting(first..<place)) else {
      fail()
      return 0
    }
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private mutating func skipDigits() -> Int {
    let first = place
    while place < end, isDigit(bytes[place]) { place += 1 }
    return place - first
  }

  private mutating func expect(_ text: StaticString) {
    if !skip(text) { fail() }
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard count <= end - place else { return false }
    // SAFETY: `count` bytes are left from `place` on, and a static string has as many.
    let isThere = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.baseAddress.map { unsafe memcmp($0 + place, text.utf8Start, count) == 0 }
    }
    guard isThere ?? false else { return false }
    place += count
    return true
  }

  /// The bytes between quotes; nil, and not as expected, where there is an escape.
  private mutating func text() -> (range: Range<Int>, isASCII: Bool)? {
    guard skip("\"") else {
      fail()
      return nil
    }
    let first = place
    var bits: UInt8 = 0
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        place += 1
        return (first..<place - 1, bits < 0x80)
      }
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { break }
      bits |= byte
      place += 1
    }
    fail()
    return nil
  }

  private mutating func string(of text: (range: Range<Int>, isASCII: Bool)) -> String {
    let bytes = bytes
    let span = bytes.span.extracting(text.range)
    // SAFETY: ASCII is UTF-8.
    if text.isASCII { return unsafe String(copying: UTF8Span(unchecked: span)) }
    guard let valid = try? UTF8Span(validating: span) else {
      fail()
      return ""
    }
    return String(copying: valid)
  }
}

/// Texts that occurred lately, by where they stand in the bytes; a newer one takes an older one's place.
private struct StringPool {
  private struct Entry {
    var range: Range<Int>
    var text: String
  }

  private static let size = 1 << 10
  private var entries = [Entry?](repeating: nil, count: size)

  func find(_ range: Range<Int>, in bytes: [UInt8]) -> String? {
    guard let entry = entries[Self.place(range, bytes)], entry.range.count == range.count else {
      return nil
    }
    // SAFETY: both ranges lie in the bytes, and are of one length.
    let isSame = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.baseAddress.map {
        unsafe memcmp($0 + range.lowerBound, $0 + entry.range.lowerBound, range.count) == 0
      }
    }
    return isSame ?? false ? entry.text : nil
  }

  mutating func keep(_ text: String, _ range: Range<Int>, in bytes: [UInt8]) {
    entries[Self.place(range, bytes)] = Entry(range: range, text: text)
  }

  /// From the length and a few bytes; `range` is not empty.
  private static func place(_ range: Range<Int>, _ bytes: [UInt8]) -> Int {
    var hash = UInt64(range.count)
    for part in 0..<8 {
      let place = range.lowerBound + (range.count - 1) * part / 7
      hash = hash &* 0x100_0000_01B3 ^ UInt64(bytes[place])
    }
    return Int((hash &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }
}
