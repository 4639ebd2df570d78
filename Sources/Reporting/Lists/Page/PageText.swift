internal import Files

/// The bytes of a page; text from outside can only be text in it, also inside of an attribute.
package struct PageText: Sendable {
  package private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  package init() {}

  /// Characters of a name that are shown; what follows would bury the rest of the page.
  package static let longestName = 160

  /// Adds markup of our own.
  package mutating func add(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// A text as it stands in markup.
  package static func escaped(_ text: String) -> String {
    var page = PageText()
    page.add(text: text)
    return String(decoding: page.bytes, as: UTF8.self)
  }

  /// Adds text from outside, escaped and without control characters.
  package mutating func add(text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": add("&amp;")
      case "<": add("&lt;")
      case ">": add("&gt;")
      case "\"": add("&quot;")
      case "'": add("&#39;")
      case "\t", "\n", "\r": add(" ")
      default:
        // C0 and C1 controls are no text, and non-characters are invalid in HTML.
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
        {
          continue
        }
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  /// Adds a name: cut where it is long, and with a writing direction of its own.
  package mutating func add(name: String) {
    add("<bdi>")
    // A character may be any number of marks on one letter: scalars are counted.
    let kept = name.unicodeScalars.prefix(Self.longestName)
    add(text: String(String.UnicodeScalarView(kept)))
    if kept.endIndex < name.unicodeScalars.endIndex { add("…") }
    add("</bdi>")
  }
}

/// `sha256-…` as a Content-Security-Policy names an inline style or script.
package enum PageHash {
  package static func source(_ text: String) -> String {
    let hex = Array(sha256(Array(text.utf8)).utf8)
    func digit(_ byte: UInt8) -> UInt8 {
      byte < UInt8(ascii: "a") ? byte - UInt8(ascii: "0") : byte - UInt8(ascii: "a") + 10
    }
    let bytes = stride(from: 0, to: hex.count, by: 2).map {
      digit(hex[$0]) << 4 | digit(hex[$0 + 1])
    }
    return "'sha256-\(base64(bytes))'"
  }

  /// RFC 4648 §4.
  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(
          place <= group.count ? letters[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
