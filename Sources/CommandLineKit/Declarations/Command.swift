/// One verb of a program: parameters as wrapped properties, and the work in `run()`.
///
/// ```swift
/// struct Score: Command {
///   static let configuration = CommandConfiguration(abstract: "Scores every subscription.")
///   @Option(value: "DIR", help: "The model folder.") var model = "model"
///   @Option(help: "How many rows to print.", accepting: .atLeast(1)) var top = 20
///   @OptionGroup var global: GlobalOptions
///   mutating func run() throws { … }
/// }
/// ```
///
/// A command that has subcommands and does not implement `run()` is a group: called without a
/// subcommand it answers with its help. The root of the tree is the `@main` type.
public protocol Command: SendableMetatype {
  /// What the command is called, what it says about itself, and what lies below it.
  static var configuration: CommandConfiguration { get }

  /// An instance whose parameters hold their defaults; the parser binds words into it.
  init()

  /// Checks what one parameter alone cannot express; runs after parsing and before `run()`.
  ///
  /// - Throws: `UsageError` for wrong usage (exit status 64), or an error of the program's own.
  func validate() throws

  /// Does the work.
  ///
  /// - Throws: any error; one that conforms to `ExitCodeProviding` chooses the exit status, every
  ///   other means 1. `CleanExit` ends with a status and without a message.
  mutating func run() throws
}

extension Command {
  /// No words about the command; its name comes from its type.
  public static var configuration: CommandConfiguration { CommandConfiguration() }

  /// Accepts every combination of values.
  public func validate() throws {}

  /// Makes the command a group: it answers with its help.
  public mutating func run() throws { throw SubcommandMissing() }

  /// The word that selects the command: its configured name, or its type's name in kebab case.
  public static var commandName: String {
    configuration.name ?? kebabCase(String(describing: Self.self))
  }

  /// The command's subcommand of that name.
  static func subcommand(named word: String) -> (any Command.Type)? {
    configuration.subcommands.first { $0.commandName == word }
  }
}

/// A group was called without one of its subcommands.
struct SubcommandMissing: Error {}
