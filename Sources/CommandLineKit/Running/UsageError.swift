/// The command line is wrong in a way only the command can tell; exit status 64.
///
/// Throw it from `validate()` or `run()`. The program answers with the message and the way to the
/// command's help. Put words of the user in quotes; control characters are escaped when printed.
public struct UsageError: ExitCodeProviding, Hashable, CustomStringConvertible {
  /// What is wrong, what was expected and what to do, in full sentences.
  public var message: String

  /// An error with that message.
  public init(_ message: String) { self.message = message }

  /// The message.
  public var description: String { message }
  /// 64, wrong usage.
  public var exitCode: ExitCode { .usage }
}
