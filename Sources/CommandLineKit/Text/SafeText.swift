/// Foreign text on a terminal: customer and file names may hold escape sequences that move the
/// cursor, retitle the window or reverse the reading order.
///
/// Two renderings, one decision (`isUnsafe`):
///
/// ```
/// escaped("a\u{1B}[2J")      a\u{1B}[2J     messages: nothing is lost
/// neutralised("a\u{1B}[2J")  a�[2J          table cells: one column per scalar
/// ```
///
/// Unsafe are the control characters of Unicode (Cc), line and paragraph separators, and the
/// invisible format characters (Cf: bidirectional overrides and isolates, zero-width spaces, tags)
/// except the two joiners that emoji, Arabic-script and Indic names need. A cell also loses combining
/// marks beyond eight on one letter, which would paint over the rows above. Threat and character list:
/// Boucher & Anderson 2021, "Trojan Source", https://arxiv.org/abs/2111.00169; UTR #36 §3.
enum SafeText {
  static let marksPerLetter = 8

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
    default: false
    }
  }
}

extension String {
  /// The text with every unsafe character written as a Swift escape, `\n` or `\u{1B}`.
  ///
  /// - Parameter keepsLines: true leaves line feeds alone, for messages of several lines.
  /// - Returns: the same text when it is safe.
  public func escaped(keepsLines: Bool = false) -> String {
    guard unicodeScalars.contains(where: SafeText.isUnsafe) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if SafeText.isUnsafe(scalar), !(keepsLines && scalar == "\n") {
        result.append(contentsOf: scalar.escapedForMessages.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text in one line without unsafe characters: white space becomes a space, the rest `�`.
  func neutralised() -> String {
    var result = String.UnicodeScalarView()
    var marks = 0
    for scalar in unicodeScalars {
      marks = SafeText.isMark(scalar) ? marks + 1 : 0
      if SafeText.isUnsafe(scalar) {
        result.append(scalar.properties.isWhitespace ? " " : "\u{FFFD}")
      } else if marks <= SafeText.marksPerLetter {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text in quotes for a message: escaped, and cut at 80 columns.
  var quoted: String { "'\(escaped().truncated(toWidth: 80))'" }
}

extension Unicode.Scalar {
  fileprivate var escapedForMessages: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
