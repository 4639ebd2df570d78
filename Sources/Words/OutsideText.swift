/// Text that somebody else wrote (a market, a product) on its way into a sentence.
///
/// Control characters could steer a terminal or break a line, and marks of writing direction could
/// turn the rest of the sentence around; long text would bury it. Escaping for HTML or a spreadsheet
/// is the work of whoever writes those.
package enum OutsideText {
  /// The longest text shown, in characters.
  package static let longest = 60

  /// The text without control and format characters, at most `longest` characters of it; empty when
  /// nothing of it can be seen.
  package static func shown(_ text: String) -> String {
    var shown = ""
    var count = 0
    var wasSpace = true
    // A character may be any number of marks on one letter: scalars are counted.
    for scalar in text.unicodeScalars {
      guard count < longest else { return trimmed(shown) + "…" }
      if isInvisible(scalar) || scalar.properties.isWhitespace {
        if !wasSpace { shown.append(" ") }
        wasSpace = true
      } else {
        shown.unicodeScalars.append(scalar)
        wasSpace = false
      }
      count += 1
    }
    return trimmed(shown)
  }

  private static func trimmed(_ text: String) -> String {
    text.last == " " ? String(text.dropLast()) : text
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      true
    default: false
    }
  }
}
