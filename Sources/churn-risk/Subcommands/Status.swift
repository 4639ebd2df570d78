import CommandLineKit
import Files
import History

/// `status`: what the history holds, and what is odd about it.
struct Status: Command {
  static let configuration = CommandConfiguration(
    abstract: "Shows what the history holds and what is odd about it.",
    discussion: """
      Subscriptions by type and status, usage, the last export of each source, the reporting lag, days \
      without any usage (a gap in the exports, not churn), rejected rows, unknown columns and values, \
      and whether usage and subscriptions carry the same ids.
      """,
    examples: [
      Example(command: "churn-risk status", does: "for a person"),
      Example(command: "churn-risk status --json", does: "for a program"),
    ])

  @Flag(help: "Prints JSON.") var json = false
  @Flag(help: "Ends with status 2 when something needs a person.") var detailedExitCode = false
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let status = try HistoryStore.open(store.store, for: .reading).status()
    let text = StatusText(status)
    try StandardStream.output.write(json ? text.json.serialized() + "\n" : text.text)
    if !json { for warning in status.warnings { StandardStream.note("Attention: \(warning)") } }
    if detailedExitCode, !status.warnings.isEmpty { throw CleanExit(.attention) }
  }
}
