/// Why a file could not be used.
///
/// The description has four parts: where, what happened, what was expected, what to do. It never
/// holds text from inside the file, because that may name a customer.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What the caller's exit status depends on.
  package enum Kind: Sendable, Hashable {
    /// The file is not there (exit status 66).
    case missing
    /// It is there, but its content cannot be read or makes no sense (65).
    case unusable
    /// It cannot be written (73).
    case unwritable
  }

  /// What went wrong, for the exit status.
  package var kind: Kind
  /// As the caller named the file; "-" is a standard stream.
  package var path: String
  /// From 1; nil when the whole file is meant.
  package var line: Int?
  /// In bytes, from 1.
  package var column: Int?
  /// What happened, without a full stop.
  package var what: String
  /// What would have been right.
  package var expected: String?
  /// What to do about it, a sentence.
  package var remedy: String?
  /// The reader of standard output has what it wants, as in `… | head`: no reason for a message.
  package var isReaderGone = false

  /// Describes an error; what is not known stays nil.
  package init(
    kind: Kind, path: String, line: Int? = nil, column: Int? = nil, what: String,
    expected: String? = nil, remedy: String? = nil
  ) {
    self.kind = kind
    self.path = path
    self.line = line
    self.column = column
    self.what = what
    self.expected = expected
    self.remedy = remedy
  }

  /// `path:line:column: what; expected …. remedy`, each part only where it is known.
  package var description: String {
    var text = printable(path)
    if let line {
      text += ":\(line)"
      if let column { text += ":\(column)" }
    }
    text += ": \(what)"
    if let expected { text += "; expected \(expected)" }
    text += "."
    if let remedy { text += " \(remedy)" }
    return text
  }

  /// A path as a person should see it: control characters, which may steer a terminal, spelt out.
  private func printable(_ path: String) -> String {
    if path == "-" { return kind == .unwritable ? "standard output" : "standard input" }
    var text = ""
    for scalar in path.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
