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
      whether usage and subscriptions carry the same ids, and exclusions that activity logs and audit \
      records suggest; none of them is applied before it is copied into an exclusions file. Below them \
      stands the worst of the quality report; --json has all of it as rows of name, severity (error, \
      warning, recommendation, info), column, file, count and details, which state the threshold.
      """,
    examples: [
      Example(command: "churn-risk status", does: "for a person"),
      Example(command: "churn-risk status --json", does: "for a program"),
    ])

  @Flag(help: "Prints JSON.") var json = false
  @OptionGroup var attention: AttentionOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    session.progress.begin("Taking stock of \(store.store)")
    let text = StatusText(try HistoryStore.open(store.store, for: .reading).status())
    session.progress.end()
    try StandardStream.output.write(
      json ? text.json.serialized() + "\n" : text.text(width: session.outputColumns))
    session.tell(text.attention)
    try attention.conclude(text.attention)
  }
}
