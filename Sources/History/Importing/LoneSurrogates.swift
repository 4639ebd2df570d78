// JSON writes a character outside the basic plane as two escapes, a pair of surrogates. A program that cuts
// texts between them leaves one alone, which is no character, and no JSON reader takes it.

/// Puts U+FFFD where an escape of JSON is half of a pair.
enum LoneSurrogates {
  private static let backslash = UInt8(ascii: "\\")
  private static let replacement = Array("FFFD".utf8)

  /// The text with every lone surrogate replaced; nil when it has none.
  static func replaced(in text: Span<UInt8>) -> [UInt8]? {
    var repaired = Array(copying: text)
    var hasFound = false
    var position = 0
    while position + 1 < repaired.count {
      guard repaired[position] == backslash else {
        position += 1
        continue
      }
      guard let unit = unit(repaired, at: position) else {
        // Another escape: its second sign begins none.
        position += 2
        continue
      }
      if (0xD800...0xDBFF).contains(unit), let next = self.unit(repaired, at: position + 6),
        (0xDC00...0xDFFF).contains(next)
      {
        position += 12
        continue
      }
      if (0xD800...0xDFFF).contains(unit) {
        repaired.replaceSubrange(position + 2..<position + 6, with: replacement)
        hasFound = true
      }
      position += 6
    }
    return hasFound ? repaired : nil
  }

  /// The number of the escape that begins at a position; nil when none does.
  private static func unit(_ text: [UInt8], at position: Int) -> UInt16? {
    guard position + 6 <= text.count, text[position] == backslash,
      text[position + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt16(String(decoding: text[position + 2..<position + 6], as: UTF8.self), radix: 16)
  }
}
