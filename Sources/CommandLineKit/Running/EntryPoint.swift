extension Command {
  /// Runs the program: parses the process's words, runs the chosen command, exits with its status.
  ///
  /// Mark the root command with `@main` and leave the rest to this function.
  public static func main() {
    System.ignoreBrokenPipeSignal()
    let runner = CommandRunner(
      root: Self.self, environment: System.environment,
      output: { try StandardStream.output.write($0) },
      complain: { try? StandardStream.error.write($0) })
    System.exit(runner.run(Array(CommandLine.arguments.dropFirst())))
  }

  /// A command from words, for tests of a program's declarations: parsed and validated, not run.
  ///
  /// - Parameters:
  ///   - words: what the user types behind the command's name.
  ///   - environment: variables that options may read; nothing of the process's own is seen.
  /// - Returns: the command with its values bound.
  /// - Throws: `UsageError` with the message that the user would see, or what `validate()` throws.
  public static func parsed(
    from words: [String], environment: [String: String] = [:]
  ) throws -> Self {
    do {
      let parser = CommandLineParser(root: Self.self, environment: { environment[$0] })
      guard case .run(let command, _) = try parser.parse(words), let command = command as? Self
      else { throw UsageError("The words ask for help, a version or a subcommand.") }
      for group in optionGroups(of: command) { try group.validate() }
      try command.validate()
      return command
    } catch let failure as ParseFailure {
      throw UsageError(failure.message)
    }
  }
}

/// An environment variable of the process; nil when it is not set.
public func environmentVariable(_ name: String) -> String? { System.environment(name) }
