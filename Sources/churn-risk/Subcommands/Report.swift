import CommandLineKit
import Files
import History
import Reporting
import RiskModel
import UsagePage

/// `report`: the Azure usage page.
struct Report: Command {
  static let configuration = CommandConfiguration(
    abstract:
      "Writes the Azure usage page: sales, usage, risk, churn and retention in one HTML file.",
    discussion: """
      The page has what Partner Center's page of that name has, over your own history: subscriptions sold, \
      customers with and without usage, the top 5 customers by category, subscriptions at risk with reasons \
      and Microsoft's own risk beside them, subscriptions without usage, churn, new customers, retention; \
      and beyond it cohorts and a survival curve, reservations and trials that end, resellers, and how good \
      the model is. Each section says what it counts; one without data says why.

      It is one file that needs no network: charts with the data as tables below, tables to sort and search \
      (also by a customer's former name), for the screen, the telephone, paper and screen readers. The \
      numbers are in it once more as JSON, in the script element with the id 'numbers'. It is in English.

      --as-of shows the page as it would have been on a past day: only what was known then. Scores, \
      evaluation and backtest of later days are left out, and the page says so.
      """,
    examples: [
      Example(
        command: "churn-risk report --output usage.html",
        does: "the last 90 days, with at-risk.json and model/ where they are"),
      Example(
        command: "churn-risk report --from 2026-07-01 --to 2026-09-30 --output quarter.html",
        does: "another period"),
      Example(
        command: "churn-risk report --as-of 2026-09-28 --output then.html",
        does: "as it would have been on that day"),
    ])

  @Option(value: "FILE", help: "The scores to show; a page can do without.") var scores =
    "at-risk.json"
  @Option(help: "The first day of the period.", whenAbsent: "90 days through --to")
  var from: CalendarDay?
  @Option(help: "The last day of the period.", whenAbsent: "the newest observation")
  var to: CalendarDay?
  @Option(help: "Show what was known on this day.", whenAbsent: "the newest observation")
  var asOf: CalendarDay?
  @Option(value: "DIR", help: "The folder of the model, whose evaluation is shown.")
  var model = PageFiles.usualModel
  @Option(
    value: "FILE", help: "What 'churn-risk backtest' wrote.",
    whenAbsent: "backtest.json in the folder of the model, else here")
  var backtest: String?
  @Option(value: "FILE.html", help: "Where the page goes; - for standard output.")
  var output: String
  @Option(
    value: "MODE", help: "Permissions of the file.")
  var fileMode = FileMode(0o600)
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let from, let to, from > to {
      throw UsageError("--from \(from) lies after --to \(to); give the earlier day as --from.")
    }
    if let asOf, let from, from > asOf {
      throw UsageError("--from \(from) lies after --as-of \(asOf): nothing of it was known then.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    try checkFiles()
    session.progress.begin("Reading the history")
    let history = try HistoryStore.open(store.store, for: .reading)
    let period = try period(of: history)
    let facts = try PartnerFacts(
      history, names: PartnerFacts.Names(history), period: period, progress: session.report)
    session.progress.begin("Reading scores and model")
    let input = PageInput(
      facts: facts, scores: try givenScores(), evaluation: try pageFiles.evaluation(),
      backtest: try pageFiles.pastLists())
    session.progress.begin("Writing \(output)")
    let page = UsagePage(input, library: ChartLibrary())
    let bytes = page.bytes
    try writeFile(output, mode: fileMode.bits) { try $0.write(bytes) }
    session.progress.end()
    for remark in page.remarks { session.note("Note: \(remark)") }
    if output != "-" {
      try StandardStream.output.write(
        "The Azure usage page of \(period.from) to \(period.to) is in \(output).\n")
    }
  }

  private var pageFiles: PageFiles { PageFiles(model: model, backtest: backtest) }

  private func period(of history: HistoryStore) throws -> PagePeriod {
    do {
      return try PagePeriod(of: history, from: from, to: to, asOf: asOf)
    } catch let error as PagePeriod.Unknown {
      throw UsageError("--from: \(error)")
    }
  }

  /// The scores; without any the page has a sentence in their place.
  private func givenScores() throws -> PageInput.Given<AtRiskDocument> {
    do {
      return .value(try AtRiskDocument(contentsOf: scores))
    } catch let error as FileError where error.kind == .missing && scores == "at-risk.json" {
      return .absent(
        "There are no scores yet: 'churn-risk score' writes at-risk.json, and --scores names another file."
      )
    }
  }

  private func checkFiles() throws {
    var files = FileUse()
    files.keeps(store: store.store)
    files.reads(scores, by: "--scores")
    files.reads(pageFiles.evaluationPath, by: "--model")
    for path in pageFiles.backtestPaths { files.reads(path, by: "--backtest") }
    files.writes(output, by: "--output")
    try files.check()
  }
}
