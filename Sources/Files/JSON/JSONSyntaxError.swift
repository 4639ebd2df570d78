internal import CSimdJSON

/// Why a text is not JSON, in words that name no part of the text.
package struct JSONSyntaxError: Error, Sendable, Hashable {
  /// What is wrong, without a full stop.
  package var what: String
  /// What would have been right, where that can be said.
  package var expected: String?
  /// Where in the text, in bytes from 0.
  package var offset: Int

  init(code: Int32, offset: Int) {
    self.offset = offset
    switch Int(code) {
    case Int(CSJ_EMPTY):
      (what, expected) = ("there is nothing", "JSON")
    case Int(CSJ_NOT_UTF8):
      (what, expected) = ("the text is not UTF-8 here", "UTF-8")
    case Int(CSJ_CONTROL):
      (what, expected) = ("a control character stands unescaped", "an escape such as \\n")
    case Int(CSJ_OPEN_STRING):
      (what, expected) = ("the string that starts here does not end", "a closing quote")
    case Int(CSJ_CUT_OFF):
      (what, expected) = ("the JSON is cut off", "the end of an object or array")
    case Int(CSJ_BAD_STRING):
      (what, expected) = (
        "an escape in the string that starts here is invalid", "a valid escape, surrogates in pairs"
      )
    case Int(CSJ_BAD_LITERAL):
      (what, expected) = ("an unknown word stands here", "true, false, null, a number or a string")
    case Int(CSJ_BAD_NUMBER):
      (what, expected) = ("the number is misspelt or too large", "a number of at most 64 bits")
    case Int(CSJ_TOO_DEEP):
      (what, expected) = ("the nesting is too deep", "at most 256 levels")
    case Int(CSJ_TOO_BIG):
      (what, expected) = ("the text is too big", "less than 4 GiB")
    case Int(CSJ_NO_MEMORY):
      (what, expected) = ("the memory does not suffice", nil)
    case Int(CSJ_TRAILING):
      (what, expected) = ("something follows the end of the JSON", "nothing more")
    case Int(CSJ_NOT_OBJECT):
      (what, expected) = ("the value is not an object", "an object, in braces")
    default:
      (what, expected) = ("the JSON is invalid", nil)
    }
  }

  /// The error as one of the file at `path`, whose whole text is `text`.
  func fileError(in text: Span<UInt8>, path: String) -> FileError {
    let place = TextPosition(of: offset, in: text)
    return FileError(
      kind: .unusable, path: path, line: place.line, column: place.column, what: what,
      expected: expected, remedy: "Export or download the file again.")
  }
}
