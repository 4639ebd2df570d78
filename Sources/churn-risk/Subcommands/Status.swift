import CommandLineKit
import Files
import History
import Reporting
import RiskModel

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

      With --backtest and --scores it looks up what became of earlier lists, and warns when one of them did \
      not do as the backtest had promised: when the 95 % interval of its AUC, its log-loss or its losses \
      for each one expected has no number in common with that of the backtest.
      """,
    examples: [
      Example(command: "churn-risk status", does: "for a person"),
      Example(command: "churn-risk status --json", does: "for a program"),
      Example(
        command: "churn-risk status --backtest backtest.json --scores at-risk.json",
        does: "whether a list of half a year ago did as promised"),
    ])

  @Flag(help: "Prints JSON.") var json = false
  @Option(value: "FILE", help: "What 'backtest' wrote, to compare --scores with.")
  var backtest: String?
  @Option(value: "FILE,…", help: "Earlier scores whose outcome is known by now.")
  var scores: CommaList<String> = []
  @OptionGroup var attention: AttentionOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (backtest == nil) == scores.values.isEmpty else {
      throw UsageError("--backtest and --scores are given together, or neither of them.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    session.progress.begin("Taking stock of \(store.store)")
    let history = try HistoryStore.open(store.store, for: .reading)
    var text = StatusText(try history.status())
    if let backtest {
      let promise = try BacktestPromise(contentsOf: backtest)
      text.live = try scores.values.map { path in
        try LiveCheck(
          LiveList(AtRiskDocument(contentsOf: path)), path: path, against: promise, history)
      }
    }
    session.progress.end()
    try StandardStream.output.write(
      json ? text.json.serialized() + "\n" : text.text(width: session.outputColumns))
    session.tell(text.attention)
    try attention.conclude(text.attention)
  }
}
