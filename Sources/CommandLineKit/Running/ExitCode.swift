/// The exit statuses of the program; numbers from 64 are those of BSD's sysexits.h.
public enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
  /// Done.
  case success = 0
  /// Failed for a reason that has no status of its own.
  case failure = 1
  /// Done, but something needs a person.
  case attention = 2
  /// Wrong usage (EX_USAGE).
  case usage = 64
  /// The input is there but unusable (EX_DATAERR).
  case unusableInput = 65
  /// An input is missing or cannot be read (EX_NOINPUT).
  case missingInput = 66
  /// An output cannot be written (EX_CANTCREAT).
  case cannotWrite = 73
  /// The store is busy; trying again may help (EX_TEMPFAIL).
  case busy = 75
}

/// An error that chooses the exit status of the program.
public protocol ExitCodeProviding: Error {
  /// The status to end with.
  var exitCode: ExitCode { get }
  /// Whether the program ends without a message, because there is nothing to say or nobody to hear it.
  var isSilent: Bool { get }
}

extension ExitCodeProviding {
  /// Errors have something to say.
  public var isSilent: Bool { false }
}

/// Ends the program with a status and without an error message.
public struct CleanExit: ExitCodeProviding, Hashable {
  /// The status to end with.
  public var exitCode: ExitCode
  /// Always.
  public var isSilent: Bool { true }

  /// Ends with that status.
  public init(_ exitCode: ExitCode) { self.exitCode = exitCode }
}
