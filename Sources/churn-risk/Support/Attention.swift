import CommandLineKit
import RiskModel

extension [Attention] {
  /// Whether a person is needed: then `--detailed-exit-code` ends with 2.
  var needsPerson: Bool { contains { $0.severity == .warning } }
}

/// The option of commands that tell a scheduler whether a person is needed.
struct AttentionOption: ParsableGroup {
  static let title = "For schedulers"

  @Flag(help: "Ends with status 2 when something needs a person.") var detailedExitCode = false

  /// Ends the command when it asks for that and a person is needed.
  ///
  /// - Throws: `CleanExit` with status 2.
  func conclude(_ attention: [Attention]) throws {
    if detailedExitCode, attention.needsPerson { throw CleanExit(.attention) }
  }
}
