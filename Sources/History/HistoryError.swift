internal import Files

/// Why the history could not be read, written or added to.
///
/// The description has four parts: what happened, where, what was expected, what to do. It never
/// holds a customer's name or any other value of a row, apart from short enumeration values.
package struct HistoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is; each kind has an exit status of its own.
  package enum Kind: Sendable, Hashable {
    /// The request itself makes no sense (64).
    case usage
    /// It is there, but its content cannot be used (65).
    case unusable
    /// It is not there (66).
    case missing
    /// It cannot be written (73).
    case unwritable
    /// Another process is using the store; the same command works later (75).
    case busy
    /// Anything else, for instance a disk that fails while reading (1).
    case failed
  }

  /// Decides the exit status.
  package var kind: Kind
  /// The file or the store it is about, as the user wrote it.
  package var path: String
  /// 1-based.
  package var line: Int?
  /// 1-based, in bytes.
  package var column: Int?
  /// What happened, without a full stop.
  package var what: String
  /// What would have been right.
  package var expected: String?
  /// What to do about it, a sentence.
  package var remedy: String?

  /// An error; the parts that are not known stay nil.
  package init(
    _ kind: Kind, path: String, line: Int? = nil, column: Int? = nil, what: String,
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
    FileError(
      kind: .unusable, path: path, line: line, column: column, what: what, expected: expected,
      remedy: remedy
    ).description
  }

  /// An error of the file layer, as one of this room.
  init(_ error: FileError) {
    let kind: Kind =
      switch error.kind {
      case .missing: .missing
      case .unusable: .unusable
      case .unwritable: .unwritable
      }
    self.init(
      kind, path: error.path, line: error.line, column: error.column, what: error.what,
      expected: error.expected, remedy: error.remedy)
  }
}
