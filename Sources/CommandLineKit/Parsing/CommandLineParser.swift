/// Words in, an invocation out, in two steps.
///
/// ```
/// churn-risk --quiet score --top 5 -- x
///            └─────┬────┘ └─────┬─────┘
///            descend: which     ParameterBinder: the words of that command,
///            command is meant   with the global options from before its name
/// ```
///
/// `--help` and `--version` anywhere before `--` win over every other word except a misspelt
/// command. Nothing here prints, exits or runs a command.
struct CommandLineParser {
  let root: any Command.Type
  /// Reads an environment variable; nil when it is not set.
  var environment: (String) -> String? = { _ in nil }

  func parse(_ words: [String]) throws(ParseFailure) -> Invocation {
    let place = try descend(words)
    if let topic = place.helpTopic {
      return .help(topic.command, path: topic.path)
    }
    let options = place.words.prefix { $0 != "--" }
    if options.contains(where: Self.helpNames.contains) {
      return .help(place.command, path: place.path)
    }
    if let version = root.configuration.version, options.contains("--version") {
      return .version(version)
    }
    let command = place.command.init()
    var binder = ParameterBinder(
      sections: sections(of: command), place: place, environment: environment)
    try binder.bind()
    return .run(command, path: place.path)
  }

  static let helpNames: Set<String> = ["--help", "-h"]

  /// A command's sections with the global options, whether the command declares them or not.
  func sections(of command: any Command) -> [ParameterSection] {
    var sections = parameterSections(of: command)
    if let globals = root.configuration.globalOptions,
      !sections.contains(where: { $0.group.map { $0 == globals } ?? false })
    {
      sections += parameterSections(of: globals.init())
    }
    return sections
  }
}

/// The command that a command line selects.
struct CommandPlace {
  var command: any Command.Type
  var path: [String]
  /// The words that are left for the command, with global options from before its name in front.
  var words: [String] = []
  /// Set by `help COMMAND`.
  var helpTopic: (command: any Command.Type, path: [String])?
}

extension CommandLineParser {
  /// Follows the command names at the start of the words, over global options between them.
  func descend(_ words: [String]) throws(ParseFailure) -> CommandPlace {
    let globals = root.configuration.globalOptions.map { group in
      parameterSections(of: group.init()).flatMap { $0.parameters }
    }
    var place = CommandPlace(command: root, path: [root.commandName])
    var leading: [String] = []
    var rest = words[...]
    descending: while let word = rest.first, !place.command.configuration.subcommands.isEmpty {
      switch ShapedWord(word) {
      case .terminator:
        break descending
      case .option(let name, let value):
        let global = globals?.first { $0.isNamed(name) }
        let isOurs = Self.helpNames.contains(word) || word == "--version"
        guard global != nil || isOurs else { break descending }
        leading.append(rest.removeFirst())
        if global?.kind == .option, value == nil, let next = rest.popFirst() {
          leading.append(next)
        }
      case .plain(let name):
        if place.path.count == 1, name == "help" {
          place.helpTopic = try helpTopic(rest.dropFirst())
          return place
        }
        guard let next = place.command.subcommand(named: name) else {
          if declaresArguments(place.command) { break descending }
          throw unknownCommand(name, place)
        }
        rest.removeFirst()
        place.command = next
        place.path.append(name)
      }
    }
    place.words = leading + rest
    return place
  }

  /// The command that `help …` asks about; options among its words are passed over.
  private func helpTopic(
    _ words: ArraySlice<String>
  ) throws(ParseFailure) -> (command: any Command.Type, path: [String]) {
    var place = CommandPlace(command: root, path: [root.commandName])
    for word in words where !word.hasPrefix("-") {
      guard let next = place.command.subcommand(named: word) else {
        throw unknownCommand(word, place)
      }
      place.command = next
      place.path.append(word)
    }
    return (place.command, place.path)
  }

  private func declaresArguments(_ command: any Command.Type) -> Bool {
    parameterSections(of: command.init()).contains { section in
      section.parameters.contains { $0.kind == .argument }
    }
  }

  private func unknownCommand(_ word: String, _ place: CommandPlace) -> ParseFailure {
    var names = place.command.configuration.subcommands.map { $0.commandName }
    if place.path.count == 1 { names.append("help") }
    names.append("--help")
    if root.configuration.version != nil { names.append("--version") }
    return ParseFailure(
      problem: .unknownCommand(
        word, parent: place.path.joined(separator: " "), nearest: nearest(to: word, among: names)),
      path: place.path)
  }
}
