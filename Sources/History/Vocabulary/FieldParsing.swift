// Booleans and numbers as Partner Center and its users write them.

/// Reads `true`/`false`, `Yes`/`No`, `Y`/`N` and `1`/`0`, and what spreadsheets in French, German,
/// Spanish, Japanese and Chinese write for them, in any case; nil for anything else.
package func parsedBoolean(_ text: some StringProtocol) -> Bool? {
  switch text.trimmingSpaces().lowercased() {
  case "true", "yes", "y", "1", "vrai", "oui", "wahr", "ja", "verdadero", "sí", "はい", "是": true
  case "false", "no", "n", "0", "faux", "non", "falsch", "nein", "falso", "いいえ", "否": false
  default: nil
  }
}

/// Reads a decimal number with a point, `63` or `0.125` or `1e-3`; nil for anything else.
///
/// A comma is refused because it is ambiguous: `1,234` is a thousand to some and one to others.
/// So are `nan`, `inf` and hexadecimal digits, which Swift's own reader would take.
package func parsedNumber(_ text: some StringProtocol) -> Double? {
  let trimmed = text.trimmingSpaces()
  for byte in trimmed.utf8 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      continue
    default: return nil
    }
  }
  return Double(trimmed)
}

extension StringProtocol {
  /// The text without spaces, tabs, line ends and no-break spaces around it.
  package func trimmingSpaces() -> String {
    // By bytes: a row has two dozen texts, most of them with nothing to trim.
    var text = Substring(self)
    while true {
      let bytes = text.utf8
      if let first = bytes.first, first <= 0x20 {
        text.removeFirst()
      } else if let last = bytes.last, last <= 0x20 {
        text.removeLast()
      } else if bytes.first == 0xC2, text.first == "\u{A0}" {
        text.removeFirst()
      } else if let last = bytes.last, last == 0xA0, text.last == "\u{A0}" {
        text.removeLast()
      } else {
        return String(text)
      }
    }
  }
}
