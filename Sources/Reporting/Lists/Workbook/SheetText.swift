/// Text from outside on its way into the XML of a sheet, where it can only be text.
enum SheetText {
  /// What a cell of Excel holds, in UTF-16 code units.
  static let longest = 32_767
  static let cutNote = " … (cut off: a cell holds no more)"

  /// Appends `text`, escaped.
  ///
  /// Control characters, which XML does not know, are left out; line ends become LF. Excel reads
  /// `_x0041_` as an escape for A, so that its underscore is escaped itself.
  static func append(_ text: String, to xml: inout [UInt8]) {
    let utf8 = text.utf8
    var tail: (UInt8, UInt8) = (0, 0)
    var index = utf8.startIndex
    while index < utf8.endIndex {
      let byte = utf8[index]
      utf8.formIndex(after: &index)
      switch byte {
      case UInt8(ascii: "&"): xml.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): xml.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): xml.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): xml.append(contentsOf: "&quot;".utf8)
      case 0x0D:
        if index == utf8.endIndex || utf8[index] != 0x0A { xml.append(0x0A) }
      case 0x09, 0x0A: xml.append(byte)
      case 0..<0x20, 0x7F: break
      case UInt8(ascii: "_"):
        if isEscape(utf8[index...]) {
          xml.append(contentsOf: "_x005F_".utf8)
        } else {
          xml.append(byte)
        }
      case 0xBE, 0xBF:
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        if tail == (0xEF, 0xBF) { xml.removeLast(2) } else { xml.append(byte) }
      default: xml.append(byte)
      }
      tail = (tail.1, byte)
    }
  }

  /// Whether `x`, four hexadecimal digits and an underscore follow.
  private static func isEscape(_ rest: Substring.UTF8View) -> Bool {
    guard rest.first == UInt8(ascii: "x") else { return false }
    let word = Array(rest.prefix(6))
    return word.count == 6 && word[5] == UInt8(ascii: "_")
      && word[1...4].allSatisfy { UnicodeScalar($0).properties.isASCIIHexDigit }
  }

  /// The text as far as a cell holds it, with a note where it is cut.
  static func fitting(_ text: String) -> String {
    guard text.utf8.count > longest, text.utf16.count > longest else { return text }
    let room = longest - cutNote.utf16.count
    var kept = ""
    var count = 0
    for scalar in text.unicodeScalars {
      count += UTF16.width(scalar)
      guard count <= room else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept + cutNote
  }
}
