package import Files

/// Why a table cannot be learned from; nothing has been written when it is thrown.
///
/// Names of columns appear in the text, cells never do: they may name a customer.
package struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, by the part of the table that it is wrong with.
  package enum Problem: Sendable, Hashable {
    case file(FileError)
    case shape(ShapeProblem)
    case features(FeatureProblem)
    case label(LabelProblem)
    case rows(RowProblem)
  }

  package var path: String
  /// From 1; nil when the whole table is meant.
  package var line: Int?
  package var problem: Problem

  package init(path: String, line: Int? = nil, _ problem: Problem) {
    self.path = path
    self.line = line
    self.problem = problem
  }

  /// The text `path:line: what; expected …. remedy`.
  package var description: String { asFileError.description }

  /// The same error in the four parts that every error about a file has.
  package var asFileError: FileError {
    let words: Words
    switch problem {
    case .file(let error): return error
    case .shape(let problem): words = problem.words
    case .features(let problem): words = problem.words
    case .label(let problem): words = problem.words
    case .rows(let problem): words = problem.words
    }
    return FileError(
      kind: .unusable, path: path, line: line, what: words.what, expected: words.expected,
      remedy: words.remedy)
  }

  /// What happened, what would have been right, and what to do about it.
  struct Words {
    var what: String
    var expected: String
    var remedy: String

    init(_ what: String, expected: String, remedy: String) {
      self.what = what
      self.expected = expected
      self.remedy = remedy
    }
  }
}

/// A column's name as it stands in a message; a file that is no table can have any.
func quoted(_ name: String) -> String {
  "'\(name.count > 60 ? name.prefix(60) + "…" : name)'"
}

/// `1 row`, `2 rows`.
func counted(_ number: Int, _ thing: String) -> String {
  "\(number) \(thing)\(number == 1 ? "" : "s")"
}
