/// Every mistake in the declarations of a command tree, in words; empty when there is none.
///
/// Declarations are code, so their mistakes are found by a unit test and not at every start:
/// `#expect(declarationProblems(of: ChurnRisk.self) == [])`.
///
/// Checked are names (form, duplicates, reserved ones), the order of arguments, flags and words for
/// absence that contradict the type, missing help, commands that ignore the global options, and
/// whether each example is a command line that parses for the command it explains.
public func declarationProblems(of root: any Command.Type) -> [String] {
  DeclarationCheck(root: root).problems(of: root, path: [root.commandName])
}

private struct DeclarationCheck {
  let root: any Command.Type

  func problems(of command: any Command.Type, path: [String]) -> [String] {
    let instance = command.init()
    let sections = CommandLineParser(root: root).sections(of: instance)
    let parameters = sections.flatMap { $0.parameters }
    var found = namesOfCommands(command, path: path)
    found += parameters.flatMap(parameterProblems)
    found += duplicates(parameters) + argumentOrder(parameters)
    if !command.configuration.subcommands.isEmpty,
      parameters.contains(where: { $0.kind == .argument })
    {
      found.append("has arguments and subcommands, so a word could be either")
    }
    found += globalOptions(command, instance)
    found += command.configuration.examples.flatMap { exampleProblems($0, of: command) }
    let name = path.joined(separator: " ")
    return found.map { "\(name): \($0)" + ($0.hasSuffix(".") || $0.hasSuffix("?") ? "" : ".") }
      + command.configuration.subcommands.flatMap {
        problems(of: $0, path: path + [$0.commandName])
      }
  }

  // MARK: - Names

  private func namesOfCommands(_ command: any Command.Type, path: [String]) -> [String] {
    let configuration = command.configuration
    var found: [String] = []
    if !isKebabCase(command.commandName) {
      found.append("the command's name is not lower-case letters, digits and hyphens")
    }
    if configuration.abstract.isEmpty { found.append("has no abstract") }
    let names = configuration.subcommands.map { $0.commandName }
    found += repeated(names).map { "two subcommands are called '\($0)'" }
    if path.count == 1, names.contains("help") { found.append("the command 'help' is built in") }
    return found
  }

  private func duplicates(_ parameters: [Parameter]) -> [String] {
    let named = parameters.filter { $0.kind != .argument }
    return repeated(named.map { $0.name }).map { "two options are called '--\($0)'" }
      + repeated(named.compactMap { $0.short.map(String.init) }).map {
        "two options are called '-\($0)'"
      }
  }

  private func repeated(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }

  private func isKebabCase(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    let isSpelt = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
    return isSpelt && parts.allSatisfy { !$0.isEmpty }
  }

  // MARK: - Parameters

  private func parameterProblems(_ parameter: Parameter) -> [String] {
    let title = "'\(parameter.title)'"
    var found: [String] = []
    if parameter.help.isEmpty { found.append("\(title) has no help") }
    if parameter.isRequired, parameter.describesAbsence {
      found.append("\(title) is required but says what its absence means")
    }
    found += parameter.defaultWords.filter { !parameter.accepts($0) }.map {
      "\(title) would refuse its own default '\($0)'"
    }
    guard parameter.kind != .argument else { return found }
    if !isKebabCase(parameter.name) {
      found.append("\(title) is not lower-case letters, digits and hyphens")
    }
    if ["help", "version"].contains(parameter.name) { found.append("\(title) is built in") }
    if let short = parameter.short {
      if short == "h" { found.append("'-h' is built in") }
      if !short.isASCII || !short.isLetter { found.append("'-\(short)' is not a letter") }
    }
    if parameter.kind == .flag, parameter.isOnByDefault {
      found.append("\(title) is on by default and cannot be turned off")
    }
    return found
  }

  private func argumentOrder(_ parameters: [Parameter]) -> [String] {
    let arguments = parameters.filter { $0.kind == .argument }
    return zip(arguments, arguments.dropFirst()).flatMap { earlier, later in
      var found: [String] = []
      if earlier.isRepeating {
        found.append("'\(later.title)' comes after '\(earlier.title)', which takes every word")
      }
      if !earlier.isRequired, later.isRequired {
        found.append("'\(later.title)' is required but comes after an optional argument")
      }
      return found
    }
  }

  private func globalOptions(_ command: any Command.Type, _ instance: any Command) -> [String] {
    guard let globals = root.configuration.globalOptions else { return [] }
    let sections = parameterSections(of: instance)
    let declares = sections.contains { $0.group.map { $0 == globals } ?? false }
    let isGroup =
      !command.configuration.subcommands.isEmpty && sections.allSatisfy { $0.parameters.isEmpty }
    return declares || isGroup
      ? [] : ["accepts the global options but does not declare their group"]
  }

  // MARK: - Examples

  private func exampleProblems(_ example: Example, of command: any Command.Type) -> [String] {
    let words = firstCommandWords(of: example.command)
    guard words.first == root.commandName else {
      return ["the example '\(example.command)' does not begin with '\(root.commandName)'"]
    }
    let parser = CommandLineParser(root: root)
    do {
      switch try parser.parse(Array(words.dropFirst())) {
      case .run(let parsed, _) where !isOrHolds(command, type(of: parsed)):
        return ["the example '\(example.command)' calls another command"]
      case .run, .help, .version: return []
      }
    } catch {
      return ["the example '\(example.command)' is refused: \(error.message)"]
    }
  }

  /// Whether a command is the other one, or a group with it somewhere below.
  private func isOrHolds(_ command: any Command.Type, _ other: any Command.Type) -> Bool {
    command == other || command.configuration.subcommands.contains { isOrHolds($0, other) }
  }

  /// The words of a shell line up to a pipe, a redirection or a second command.
  ///
  /// Knows single and double quotes, and no expansions.
  private func firstCommandWords(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    reading: for character in line {
      switch character {
      case _ where character == quote: quote = nil
      case _ where quote != nil: word = (word ?? "") + String(character)
      case "'", "\"":
        quote = character
        word = word ?? ""
      case "|", ">", "<", "&", ";": break reading
      case " ":
        if let finished = word { words.append(finished) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
