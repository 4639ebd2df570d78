/// What a command line asks for, once it is understood.
enum Invocation {
  /// Run a command whose parameters are bound.
  case run(any Command, path: [String])
  /// Show a command's help.
  case help(any Command.Type, path: [String])
  /// Show the version of the program.
  case version(String)
}

/// A word of the command line by its shape alone.
///
/// ```
/// --top=5  option "--top", value "5"      --  terminator
/// -f       option "-f", no value          -   plain: standard input or output
/// ```
enum ShapedWord: Equatable {
  case terminator
  case option(name: String, value: String?)
  case plain(String)

  init(_ word: String) {
    if word == "--" {
      self = .terminator
    } else if word.hasPrefix("-"), word != "-" {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? String(parts[1]) : nil
      self = .option(name: parts.first.map(String.init) ?? word, value: value)
    } else {
      self = .plain(word)
    }
  }
}
