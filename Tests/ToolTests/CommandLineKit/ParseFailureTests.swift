import Testing

@testable import CommandLineKit

struct ParseFailureTests {
  @Test(
    arguments: [
      (
        .unknownCommand("x", parent: "p", nearest: "y"),
        "Unknown command 'x' after 'p'. Did you mean 'y'?"
      ),
      (.unknownCommand("x", parent: "p", nearest: nil), "Unknown command 'x' after 'p'."),
      (
        .missingCommand(parent: "p", choices: ["a", "b", "c"]),
        "A command is missing after 'p'. Expected one of: a, b and c."
      ),
      (
        .commandAfterOptions("remove", parent: "p imports"),
        "The command 'remove' comes after options of 'p imports'. "
          + "Write 'p imports remove' first and its options behind it."
      ),
      (.unknownOption("--x", nearest: nil), "Unknown option '--x'."),
      (
        .combinedShortOptions("-qv", separate: "-q -v"),
        "Unknown option '-qv'. Write short options one by one: -q -v."
      ),
      (
        .optionNotHere("--top", owner: "p list"),
        "The option '--top' belongs to 'p list': write it behind that command."
      ),
      (
        .unexpectedArgument("x", taken: 0),
        "Unexpected argument 'x': the command takes options only."
      ),
      (
        .unexpectedArgument("x", taken: 1),
        "Unexpected argument 'x': the command takes 1 argument."
      ),
      (
        .unexpectedArgument("–top", taken: 2),
        "Unexpected argument '–top': the command takes 2 arguments. "
          + "It begins with a dash; options begin with hyphens (--)."
      ),
      (
        .missingValue(option: "--lag DAYS", next: nil, isOption: false),
        "The value of '--lag DAYS' is missing."
      ),
      (
        .missingValue(option: "--lag DAYS", next: "--top", isOption: true),
        "The value of '--lag DAYS' is missing: the next word, '--top', is an option. "
          + "If it is meant as the value, write '--lag=--top'."
      ),
      (
        .missingValue(option: "--name TEXT", next: "-x", isOption: false),
        "The value of '--name TEXT' is missing: the next word, '-x', looks like an option. "
          + "If it is meant as the value, write '--name=-x'."
      ),
      (.unexpectedValue("yes", flag: "--json"), "'--json' takes no value, but 'yes' was given."),
      (.repeated("--top", isFlag: false), "'--top' was given twice; it takes one value."),
      (.repeated("--json", isFlag: true), "'--json' was given twice."),
      (
        .invalidValue("x", place: "--f", expected: "one of: a, b", nearest: "a"),
        "The value 'x' is invalid for '--f'. Expected one of: a, b. Did you mean 'a'?"
      ),
      (.missingParameters(["--from DAY"]), "Missing: '--from DAY'."),
      (.missingParameters(["--from DAY", "PATH"]), "Missing: '--from DAY' and 'PATH'."),
      (
        .tooFewArguments("FILE", minimum: 2, given: 1),
        "'FILE' needs at least 2 words, but 1 was given."
      ),
      (
        .tooFewArguments("FILE", minimum: 3, given: 2),
        "'FILE' needs at least 3 words, but 2 were given."
      ),
    ] as [(ParseProblem, String)])
  func `says what is wrong in full sentences`(pair: (problem: ParseProblem, text: String)) {
    #expect(pair.problem.description == pair.text)
  }

  @Test func `puts the usage on a line of its own`() {
    let failure = ParseFailure(
      problem: .missingParameters(["PATH"]), path: ["p"], usage: "p [OPTIONS] PATH")
    #expect(failure.message == "Missing: 'PATH'.\nUsage: p [OPTIONS] PATH")
  }

  @Test func `cuts long words and escapes control characters`() {
    let long = String(repeating: "x", count: 500)
    let problem = ParseProblem.unknownOption("--\u{1B}" + long, nearest: nil)
    #expect(problem.description.hasPrefix("Unknown option '--\\u{1B}xxx"))
    #expect(problem.description.count < 110)
  }
}
