/// How many terminal columns text takes.
///
/// Terminals give a column to most characters, two to East Asian wide ones and to emoji, none to
/// combining marks. The unit here is Swift's `Character` (an extended grapheme cluster), which is
/// what a modern terminal draws in one place: its width is the widest of its scalars, to which
/// half-width voiced marks add theirs. Characters of ambiguous width count 1, as they do outside East
/// Asian legacy encodings.
///
/// Source: Unicode Standard Annex #11, "East Asian Width", https://www.unicode.org/reports/tr11/
extension Character {
  /// 0, 1 or 2 columns.
  var displayWidth: Int {
    if let ascii = asciiValue { return ascii >= 0x20 && ascii != 0x7F ? 1 : 0 }
    var width = 0
    var regionalIndicators = 0
    for scalar in unicodeScalars {
      // Half-width voiced marks (ｶﾞ) belong to the letter before them and still have a column each.
      if (0xFF9E...0xFF9F).contains(scalar.value) {
        width += 1
        continue
      }
      width = max(width, scalar.displayWidth)
      if (0x1F1E6...0x1F1FF).contains(scalar.value) { regionalIndicators += 1 }
      // U+FE0F asks for the emoji form of the character before it, which is wide; two regional
      // indicators together are a flag.
      if scalar == "\u{FE0F}" || regionalIndicators == 2 { width = 2 }
    }
    return width
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: 0
    default: EastAsianWidth.isWide(value) ? 2 : 1
    }
  }
}

extension StringProtocol {
  /// The columns that all characters take together.
  var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The text in at most that many columns, its end replaced by `…` when it is longer.
  ///
  /// - Parameter width: ≥ 0; 0 gives an empty text.
  /// - Returns: text of at most that width.
  func truncated(toWidth width: Int) -> String {
    var result = ""
    var used = 0
    var fitting = ""  // what still leaves a column for the ellipsis
    for character in self {
      let next = used + character.displayWidth
      guard next <= width else { return width > 0 ? fitting + "…" : "" }
      result.append(character)
      used = next
      if used <= width - 1 { fitting = result }
    }
    return result
  }

  /// The text filled with spaces up to a width; longer text stays as it is.
  ///
  /// - Parameters:
  ///   - width: columns, ≥ 0.
  ///   - alignment: on which side the text stands.
  /// - Returns: text of at least that width.
  func padded(toWidth width: Int, _ alignment: Table.Alignment = .left) -> String {
    let filling = String(repeating: " ", count: Swift.max(0, width - displayWidth))
    return alignment == .left ? self + filling : filling + self
  }
}
