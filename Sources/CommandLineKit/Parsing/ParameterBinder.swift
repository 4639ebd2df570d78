/// Binds the words of one command to its parameters.
///
/// Options and arguments may be mixed. Each parameter counts how often it was bound, which is all
/// that is needed to tell a repetition, a first word of a list, and what is missing at the end.
struct ParameterBinder {
  private let parameters: [Parameter]
  private let argumentIndices: [Int]
  private let place: CommandPlace
  private let environment: (String) -> String?
  private let usage: String
  private var bindings: [Int]
  private var words: ArraySlice<String>
  private var nextArgument = 0

  init(
    sections: [ParameterSection], place: CommandPlace, environment: @escaping (String) -> String?
  ) {
    parameters = sections.flatMap { $0.parameters }
    argumentIndices = parameters.indices.filter { [parameters] in
      parameters[$0].kind == .argument
    }
    usage = usageLine(of: place.command, path: place.path, sections: sections)
    bindings = Array(repeating: 0, count: parameters.count)
    words = place.words[...]
    self.place = place
    self.environment = environment
  }

  /// Binds every word, then what the environment offers for absent options, then looks for gaps.
  mutating func bind() throws(ParseFailure) {
    var optionsEnded = false
    while let word = words.popFirst() {
      switch optionsEnded ? .plain(word) : ShapedWord(word) {
      case .terminator: optionsEnded = true
      case .plain: try bindArgument(word)
      case .option(let name, let value): try bindOption(name, value, word: word)
      }
    }
    try bindEnvironment()
    try checkNothingIsMissing()
  }

  // MARK: - Options

  private mutating func bindOption(
    _ name: String, _ attached: String?, word: String
  ) throws(ParseFailure) {
    guard let index = parameters.firstIndex(where: { $0.isNamed(name) }) else {
      if isNegativeArgument(word) { return try bindArgument(word) }
      throw unknownOption(name)
    }
    let parameter = parameters[index]
    guard bindings[index] == 0 || parameter.isRepeating else {
      throw failure(.repeated(parameter.title, isFlag: parameter.kind == .flag))
    }
    switch parameter.kind {
    case .flag:
      if let attached { throw failure(.unexpectedValue(attached, flag: parameter.title)) }
      try store("", in: index)
    case .option, .argument:
      if let attached { return try store(attached, in: index) }
      try store(nextValue(for: parameter), in: index)
    }
  }

  /// The word behind an option; one that looks like an option itself must be attached with `=`.
  private mutating func nextValue(for parameter: Parameter) throws(ParseFailure) -> String {
    guard let next = words.first else {
      throw failure(.missingValue(option: parameter.titleWithValue, next: nil, isOption: false))
    }
    switch ShapedWord(next) {
    case .option(let name, _) where !(parameter.syntax.isNumber && isNegativeNumber(next)):
      throw failure(
        .missingValue(
          option: parameter.titleWithValue, next: next,
          isOption: parameters.contains { $0.isNamed(name) }))
    case .terminator:
      throw failure(.missingValue(option: parameter.titleWithValue, next: nil, isOption: false))
    case .option, .plain:
      words.removeFirst()
      return next
    }
  }

  private func unknownOption(_ name: String) -> ParseFailure {
    let letters = name.dropFirst().map { "-\($0)" }
    if letters.count > 1, !name.hasPrefix("--"),
      letters.allSatisfy({ letter in parameters.contains { $0.isNamed(letter) } })
    {
      return failure(.combinedShortOptions(name, separate: letters.joined(separator: " ")))
    }
    if let owner = subcommandAhead(with: name) {
      return failure(.optionNotHere(name, owner: (place.path + [owner]).joined(separator: " ")))
    }
    let names = parameters.filter { $0.kind != .argument }.map { $0.title }
    return failure(
      .unknownOption(name, nearest: nearest(to: name, among: names + ["--help", "--version"])))
  }

  /// The subcommand among the coming words that an option was meant for.
  private func subcommandAhead(with option: String) -> String? {
    words.first { word in
      guard let next = place.command.subcommand(named: word) else { return false }
      return parameterSections(of: next.init()).contains { section in
        section.parameters.contains { $0.isNamed(option) }
      }
    }
  }

  // MARK: - Arguments

  private mutating func bindArgument(_ word: String) throws(ParseFailure) {
    guard nextArgument < argumentIndices.count else {
      if place.command.subcommand(named: word) != nil {
        throw failure(.commandAfterOptions(word, parent: place.path.joined(separator: " ")))
      }
      throw failure(.unexpectedArgument(word, taken: argumentIndices.count))
    }
    let index = argumentIndices[nextArgument]
    if !parameters[index].isRepeating { nextArgument += 1 }
    try store(word, in: index)
  }

  /// Whether a word such as `-1` stands where a number is expected.
  private func isNegativeArgument(_ word: String) -> Bool {
    nextArgument < argumentIndices.count
      && parameters[argumentIndices[nextArgument]].syntax.isNumber
      && isNegativeNumber(word)
  }

  // MARK: - Values

  private mutating func store(_ text: String, in index: Int) throws(ParseFailure) {
    let parameter = parameters[index]
    guard parameter.bind(text, bindings[index] == 0) else {
      throw invalid(text, parameter, place: parameter.title)
    }
    bindings[index] += 1
  }

  private mutating func bindEnvironment() throws(ParseFailure) {
    for (index, parameter) in parameters.enumerated() where bindings[index] == 0 {
      guard let variable = parameter.environment, let text = environment(variable), !text.isEmpty
      else { continue }
      guard parameter.bind(text, true) else {
        throw invalid(text, parameter, place: "$\(variable)")
      }
      bindings[index] += 1
    }
  }

  private func checkNothingIsMissing() throws(ParseFailure) {
    var missing: [String] = []
    for (parameter, count) in zip(parameters, bindings) where count < parameter.minimum {
      if count > 0 {
        throw failure(
          .tooFewArguments(parameter.title, minimum: parameter.minimum, given: count), usage: usage)
      }
      missing.append(parameter.titleWithValue)
    }
    guard missing.isEmpty else { throw failure(.missingParameters(missing), usage: usage) }
  }

  private func invalid(_ text: String, _ parameter: Parameter, place: String) -> ParseFailure {
    let faulty = parameter.faultyPart(text)
    return failure(
      .invalidValue(
        faulty, place: place, expected: parameter.expectedText,
        nearest: nearest(to: faulty, among: parameter.syntax.spellings)))
  }

  private func failure(_ problem: ParseProblem, usage: String? = nil) -> ParseFailure {
    ParseFailure(problem: problem, path: place.path, usage: usage)
  }
}

extension Parameter {
  /// Completes the sentence "Expected …".
  fileprivate var expectedText: String {
    rule.map { "\(syntax.expectation), \($0)" } ?? syntax.expectation
  }
}

/// Whether a word is a hyphen and then a number: `-1`, `-0.5`, `-.5`.
func isNegativeNumber(_ word: String) -> Bool {
  word.hasPrefix("-") && Double(argument: word) != nil
}
