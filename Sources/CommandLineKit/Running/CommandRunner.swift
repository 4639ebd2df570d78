/// From words to exit status: the one place where outcomes and errors become text.
///
/// ```
/// help, version           standard output   0
/// wrong usage             standard error   64   Error: … / See '… --help'.
/// ExitCodeProviding       standard error    its own
/// any other error         standard error    1
/// a silent one (CleanExit, broken pipe)  nothing  its own
/// ```
struct CommandRunner {
  let root: any Command.Type
  var environment: (String) -> String? = { _ in nil }
  /// Receives results.
  var output: (String) throws -> Void
  /// Receives messages, each ended by a line feed.
  var complain: (String) -> Void

  /// Parses, validates and runs; never throws.
  func run(_ words: [String]) -> ExitCode {
    var path = [root.commandName]
    do {
      if words.isEmpty, !root.configuration.subcommands.isEmpty {
        return try runRootAlone(path: path)
      }
      switch try CommandLineParser(root: root, environment: environment).parse(words) {
      case .help(let command, let commandPath):
        try output(help(of: command, path: commandPath))
      case .version(let version):
        try output("\(root.commandName) \(version)\n")
      case .run(var command, let commandPath):
        path = commandPath
        try execute(&command, path: path)
      }
      return .success
    } catch {
      return report(error, path: path)
    }
  }

  /// A root that is only a group greets with its help; any other root runs.
  private func runRootAlone(path: [String]) throws -> ExitCode {
    do {
      guard case .run(var command, _) = try CommandLineParser(root: root).parse([]) else {
        return .success
      }
      try validate(command)
      try command.run()
    } catch is SubcommandMissing {
      try output(help(of: root, path: path))
    }
    return .success
  }

  private func execute(_ command: inout any Command, path: [String]) throws {
    try validate(command)
    do {
      try command.run()
    } catch is SubcommandMissing {
      let choices = type(of: command).configuration.subcommands.map { $0.commandName }
      complain(help(of: type(of: command), path: path) + "\n")
      throw ParseFailure(
        problem: .missingCommand(parent: path.joined(separator: " "), choices: choices), path: path)
    }
  }

  private func validate(_ command: any Command) throws {
    for group in optionGroups(of: command) { try group.validate() }
    try command.validate()
  }

  private func report(_ error: any Error, path: [String]) -> ExitCode {
    switch error {
    case let silent as any ExitCodeProviding where silent.isSilent:
      return silent.exitCode
    case let failure as ParseFailure:
      complain(message(failure.message, helpPath: failure.path))
      return .usage
    case let usage as UsageError:
      complain(message(usage.message, helpPath: path))
      return .usage
    default:
      complain(message("\(error)", helpPath: nil))
      return (error as? any ExitCodeProviding)?.exitCode ?? .failure
    }
  }

  private func message(_ text: String, helpPath: [String]?) -> String {
    let see = helpPath.map { "See '\($0.joined(separator: " ")) --help'.\n" } ?? ""
    return "Error: \(text.escaped(keepsLines: true))\n\(see)"
  }

  private func help(of command: any Command.Type, path: [String]) -> String {
    let width = helpWidth(columns: environment("COLUMNS"))
    return HelpPage(command: command, path: path, root: root, width: width).rendered()
  }
}
