/// What a command is called and how it introduces itself in help.
public struct CommandConfiguration: Sendable {
  /// The word that selects the command; nil derives it from the type: `CrossValidate` is
  /// `cross-validate`.
  public var name: String?

  /// One sentence, shown in the help of the command and in its parent's list.
  public var abstract: String

  /// Paragraphs below the abstract, with empty lines between them.
  ///
  /// Lines that start with a space keep their shape.
  public var discussion: String

  /// What follows the command's name in USAGE, a line for each way to call it.
  ///
  /// Empty: one line that is made of the parameters. For words whose order the parameters cannot say.
  public var usage: [String]

  /// Shown first in help; `declarationProblems(of:)` checks that each one parses.
  public var examples: [Example]

  /// What `--version` answers; nil means that there is no `--version`.
  ///
  /// Only that of the root is used.
  public var version: String?

  /// The commands below this one, in the order of help.
  public var subcommands: [any Command.Type]

  /// The heading under which the parent's help lists this command; nil is the general list.
  public var group: String?

  /// Options that every command accepts, also before the subcommand; only those of the root count.
  public var globalOptions: (any ParsableGroup.Type)?

  /// Describes a command; see the properties of the same names.
  public init(
    name: String? = nil, abstract: String = "", discussion: String = "", usage: [String] = [],
    examples: [Example] = [], version: String? = nil, subcommands: [any Command.Type] = [],
    group: String? = nil,
    globalOptions: (any ParsableGroup.Type)? = nil
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.usage = usage
    self.examples = examples
    self.version = version
    self.subcommands = subcommands
    self.group = group
    self.globalOptions = globalOptions
  }
}

/// A complete command line and what it does.
public struct Example: Sendable, Hashable {
  /// What the user types, the program's name included: `churn-risk score --top 5`.
  public var command: String

  /// What that does, as a sentence.
  public var does: String

  /// Pairs a command line with its meaning.
  public init(command: String, does: String) {
    self.command = command
    self.does = does
  }
}
