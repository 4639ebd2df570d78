internal import CSimdJSON

/// Turns JSON values into text, always the same text for the same values.
///
///     {
///       "name": "a",
///       "rows": [
///         1,
///         2.5
///       ],
///       "empty": {}
///     }
///
/// Two spaces of indentation when pretty, none and no line breaks otherwise. Each outermost value
/// is left without a line break after it. Elements of a long array may have a line each:
///
///       "rows": [
///         {"name": "a", "values": [1, 2.5]},
///         {"name": "b", "values": []}
///       ]
struct JSONFormatter {
  private enum Level { case object(isEmpty: Bool), array(isEmpty: Bool) }

  private let isPretty: Bool
  /// What lies deeper stands on one line.
  private let deepestBroken: Int
  private var levels: [Level] = []
  private var hasKey = false

  init(isPretty: Bool) {
    self.isPretty = isPretty
    deepestBroken = isPretty ? .max : 0
  }

  /// Goes on inside an array that is a member of the outermost object; each element has a line.
  init(insideArrayOfMember isFirst: Bool) {
    isPretty = true
    deepestBroken = 2
    levels = [.object(isEmpty: false), .array(isEmpty: isFirst)]
  }

  /// Somebody else wrote an element into the array that is open.
  mutating func noteElement() {
    guard case .array? = levels.last else { preconditionFailure("no array is open") }
    levels[levels.count - 1] = .array(isEmpty: false)
  }

  /// How many objects and arrays are open.
  var depth: Int { levels.count }

  mutating func beginObject(into text: inout [UInt8]) {
    separate(into: &text)
    text.append(UInt8(ascii: "{"))
    levels.append(.object(isEmpty: true))
  }

  mutating func beginArray(into text: inout [UInt8]) {
    separate(into: &text)
    text.append(UInt8(ascii: "["))
    levels.append(.array(isEmpty: true))
  }

  mutating func endObject(into text: inout [UInt8]) {
    guard case .object(let isEmpty)? = levels.popLast(), !hasKey else {
      preconditionFailure("endObject without its beginObject, or after a key without a value")
    }
    if !isEmpty { breakLine(atEnd: true, into: &text) }
    text.append(UInt8(ascii: "}"))
  }

  mutating func endArray(into text: inout [UInt8]) {
    guard case .array(let isEmpty)? = levels.popLast() else {
      preconditionFailure("endArray without its beginArray")
    }
    if !isEmpty { breakLine(atEnd: true, into: &text) }
    text.append(UInt8(ascii: "]"))
  }

  mutating func key(_ key: String, into text: inout [UInt8]) {
    beginKey(into: &text)
    JSONText.append(key, to: &text)
    endKey(into: &text)
  }

  /// A key of letters and digits.
  mutating func key(fixed key: StaticString, into text: inout [UInt8]) {
    beginKey(into: &text)
    text.append(UInt8(ascii: "\""))
    append(key, to: &text)
    text.append(UInt8(ascii: "\""))
    endKey(into: &text)
  }

  private func append(_ word: StaticString, to text: inout [UInt8]) {
    // SAFETY: a static string has as many bytes as it says.
    unsafe text.append(
      contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  private mutating func beginKey(into text: inout [UInt8]) {
    guard case .object(let isEmpty)? = levels.last, !hasKey else {
      preconditionFailure("a key stands only in an object, and after the value before it")
    }
    if !isEmpty { text.append(UInt8(ascii: ",")) }
    levels[levels.count - 1] = .object(isEmpty: false)
    breakLine(isFirst: isEmpty, into: &text)
  }

  private mutating func endKey(into text: inout [UInt8]) {
    text.append(UInt8(ascii: ":"))
    if isPretty { text.append(UInt8(ascii: " ")) }
    hasKey = true
  }

  mutating func value(_ value: JSONValue, into text: inout [UInt8]) {
    switch value {
    case .null: scalar("null", into: &text)
    case .bool(let flag): scalar(flag ? "true" : "false", into: &text)
    case .integer(let integer): self.integer(integer, into: &text)
    case .number(let number): self.number(number, into: &text)
    case .string(let string): self.string(string, into: &text)
    case .array(let elements):
      beginArray(into: &text)
      for element in elements { self.value(element, into: &text) }
      endArray(into: &text)
    case .object(let object):
      beginObject(into: &text)
      for (key, member) in object.members {
        self.key(key, into: &text)
        self.value(member, into: &text)
      }
      endObject(into: &text)
    }
  }

  mutating func scalar(_ word: StaticString, into text: inout [UInt8]) {
    separate(into: &text)
    append(word, to: &text)
  }

  mutating func string(_ string: String, into text: inout [UInt8]) {
    separate(into: &text)
    JSONText.append(string, to: &text)
  }

  mutating func integer(_ integer: Int, into text: inout [UInt8]) {
    separate(into: &text)
    JSONText.append(integer, to: &text)
  }

  mutating func number(_ number: Double, into text: inout [UInt8]) {
    separate(into: &text)
    JSONText.append(number, to: &text)
  }

  /// What stands before a value: nothing after a key, else a comma and a new line.
  private mutating func separate(into text: inout [UInt8]) {
    if hasKey {
      hasKey = false
      return
    }
    guard let level = levels.last else { return }
    guard case .array(let isEmpty) = level else {
      preconditionFailure("a value in an object needs a key")
    }
    if !isEmpty { text.append(UInt8(ascii: ",")) }
    levels[levels.count - 1] = .array(isEmpty: false)
    breakLine(isFirst: isEmpty, into: &text)
  }

  /// Before an element or member, or before the end of its array or object.
  private func breakLine(
    isFirst: Bool = false, atEnd: Bool = false, into text: inout [UInt8]
  ) {
    guard isPretty else { return }
    guard levels.count + (atEnd ? 1 : 0) <= deepestBroken else {
      if !isFirst, !atEnd { text.append(UInt8(ascii: " ")) }
      return
    }
    text.append(UInt8(ascii: "\n"))
    for _ in levels {
      text.append(UInt8(ascii: " "))
      text.append(UInt8(ascii: " "))
    }
  }
}

/// The spelling of strings and numbers in JSON (RFC 8259 §6–7).
package enum JSONText {
  /// Appends a string in quotes.
  ///
  /// U+2028 and U+2029 are escaped too, because JavaScript takes them for line ends.
  package static func append(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    // SAFETY: the bytes are read while the string lends them.
    let isWritten = unsafe string.utf8.withContiguousStorageIfAvailable { bytes in
      guard unsafe isPlain(bytes) else { return false }
      unsafe text.append(contentsOf: bytes)
      return true
    }
    if !(isWritten ?? false) { appendEscaped(string, to: &text) }
    text.append(UInt8(ascii: "\""))
  }

  /// Whether the string stands in quotes as it is; all bytes are looked at together.
  @unsafe private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var isPlain = true
    for index in 0..<bytes.count {
      let byte = unsafe bytes[index]
      isPlain =
        (byte >= 0x20) && (byte != UInt8(ascii: "\"")) && (byte != UInt8(ascii: "\\"))
        && (byte != 0xE2) && isPlain
    }
    return isPlain
  }

  private static func appendEscaped(_ string: String, to text: inout [UInt8]) {
    var tail: (UInt8, UInt8) = (0, 0)
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case 0x0A: text.append(contentsOf: "\\n".utf8)
      case 0x0D: text.append(contentsOf: "\\r".utf8)
      case 0x09: text.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        text.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u00".utf8)
        text.append(contentsOf: String(byte, radix: 16).utf8)
      case 0xA8, 0xA9:
        // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
        if tail == (0xE2, 0x80) {
          text.removeLast(2)
          text.append(contentsOf: byte == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8)
        } else {
          text.append(byte)
        }
      default: text.append(byte)
      }
      tail = (tail.1, byte)
    }
  }

  /// The shortest decimal that reads back as `number`; whole numbers below 2⁵³ without a fraction.
  ///
  /// - Precondition: `number` is finite, because JSON has no other numbers.
  package static func append(_ number: Double, to text: inout [UInt8]) {
    precondition(number.isFinite, "JSON cannot hold \(number)")
    if number == number.rounded(.towardZero), number.magnitude < 0x1p53,
      !(number == 0 && number.sign == .minus)
    {
      append(Int(number), to: &text)
    } else {
      text.append(contentsOf: number.description.utf8)
    }
  }

  /// Reads a number that is spelled as JSON has it; nil when it is none, or no double is that large.
  package static func number(_ text: Span<UInt8>) -> Double? {
    var number = 0.0
    // SAFETY: the pointer covers `count` bytes.
    let isRead = unsafe text.withUnsafeBufferPointer {
      unsafe csj_read_number($0.baseAddress, $0.count, &number)
    }
    return isRead == 0 ? nil : number
  }

  /// The decimal digits of `number`.
  package static func append(_ number: Int, to text: inout [UInt8]) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    let first = text.count
    var rest = number.magnitude
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    text[first...].reverse()
  }
}
