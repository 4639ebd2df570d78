/// A GUID, compared by value: Partner Center writes the same one in upper and in lower case.
package struct GUID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The first 16 hexadecimal digits.
  package var high: UInt64
  /// The last 16 hexadecimal digits.
  package var low: UInt64

  /// The GUID of two halves.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// `00000000-0000-0000-0000-000000000000`, which Partner Center writes for deal registrations.
  package static let zero = GUID(high: 0, low: 0)

  /// Reads 32 hexadecimal digits in the 8-4-4-4-12 form, any case, with or without braces.
  package init?(_ text: some StringProtocol) {
    self.init(utf8: Array(text.utf8).span)
  }

  /// Reads the same form from UTF-8 bytes; spaces around it are ignored.
  package init?(utf8 text: Span<UInt8>) {
    var start = 0
    var end = text.count
    while start < end, text[start] == UInt8(ascii: " ") { start += 1 }
    while end > start, text[end - 1] == UInt8(ascii: " ") { end -= 1 }
    if end - start == 38, text[start] == UInt8(ascii: "{"), text[end - 1] == UInt8(ascii: "}") {
      start += 1
      end -= 1
    }
    guard end - start == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for index in 0..<36 {
      let byte = text[start + index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
      default: return nil
      }
      if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      digits += 1
    }
    (high, low) = words
  }

  /// The lower-case 8-4-4-4-12 form.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
      let word = index < 16 ? high : low
      text.append(digits[Int(word >> UInt64(60 - 4 * (index % 16)) & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The order of the texts in lower case.
  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
