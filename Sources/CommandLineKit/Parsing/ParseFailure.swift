/// Why a command line could not be read, and for which command.
struct ParseFailure: Error, Equatable {
  var problem: ParseProblem
  /// The program and the subcommands that were reached.
  var path: [String]
  /// The command's usage line, where it helps.
  var usage: String?

  /// The message without its "Error: ".
  var message: String {
    problem.description + (usage.map { "\nUsage: \($0)" } ?? "")
  }
}

/// Everything that can be wrong with a command line before the command itself sees it.
enum ParseProblem: Error, Equatable {
  case unknownCommand(String, parent: String, nearest: String?)
  case missingCommand(parent: String, choices: [String])
  case commandAfterOptions(String, parent: String)
  case unknownOption(String, nearest: String?)
  case combinedShortOptions(String, separate: String)
  case optionNotHere(String, owner: String)
  case unexpectedArgument(String, taken: Int)
  case missingValue(option: String, next: String?, isOption: Bool)
  case unexpectedValue(String, flag: String)
  case repeated(String, isFlag: Bool)
  case invalidValue(String, place: String, expected: String, nearest: String?)
  case missingParameters([String])
  case tooFewArguments(String, minimum: Int, given: Int)
}

extension ParseProblem: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownCommand(let word, let parent, let nearest):
      "Unknown command \(word.quoted) after '\(parent)'.\(hint(nearest))"
    case .missingCommand(let parent, let choices):
      "A command is missing after '\(parent)'. Expected one of: \(choices.listed)."
    case .commandAfterOptions(let word, let parent):
      "The command \(word.quoted) comes after options of '\(parent)'. "
        + "Write '\(parent) \(word.escaped())' first and its options behind it."
    case .unknownOption(let word, let nearest):
      "Unknown option \(word.quoted).\(hint(nearest))"
    case .combinedShortOptions(let word, let separate):
      "Unknown option \(word.quoted). Write short options one by one: \(separate)."
    case .optionNotHere(let option, let owner):
      "The option \(option.quoted) belongs to '\(owner)': write it behind that command."
    case .unexpectedArgument(let word, let taken):
      unexpectedArgument(word, taken)
    case .missingValue(let option, nil, _):
      "The value of '\(option)' is missing."
    case .missingValue(let option, let next?, let isOption):
      missingValue(option, next, isOption)
    case .unexpectedValue(let value, let flag):
      "'\(flag)' takes no value, but \(value.quoted) was given."
    case .repeated(let option, let isFlag):
      "'\(option)' was given twice\(isFlag ? "" : "; it takes one value")."
    case .invalidValue(let text, let place, let expected, let nearest):
      "The value \(text.quoted) is invalid for '\(place)'. Expected \(expected).\(hint(nearest))"
    case .missingParameters(let titles):
      "Missing: \(titles.map { "'\($0)'" }.listed)."
    case .tooFewArguments(let title, let minimum, let given):
      "'\(title)' needs at least \(minimum) words, but \(given == 1 ? "1 was" : "\(given) were") "
        + "given."
    }
  }

  private func unexpectedArgument(_ word: String, _ taken: Int) -> String {
    let limit = taken == 0 ? "options only" : "\(taken) argument\(taken == 1 ? "" : "s")"
    // Word processors and chats turn the hyphens of a copied command line into dashes.
    let isDash = word.unicodeScalars.first.map { (0x2010...0x2015).contains($0.value) } ?? false
    return "Unexpected argument \(word.quoted): the command takes \(limit)."
      + (isDash ? " It begins with a dash; options begin with hyphens (--)." : "")
  }

  private func hint(_ nearest: String?) -> String {
    nearest.map { " Did you mean '\($0)'?" } ?? ""
  }

  private func missingValue(_ option: String, _ next: String, _ isOption: Bool) -> String {
    let name = option.split(separator: " ").first.map(String.init) ?? option
    let what = isOption ? "is an option" : "looks like an option"
    return "The value of '\(option)' is missing: the next word, \(next.quoted), \(what). "
      + "If it is meant as the value, write \("\(name)=\(next)".quoted)."
  }
}

extension [String] {
  /// `a`, `a and b`, or `a, b and c`.
  fileprivate var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
