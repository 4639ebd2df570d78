import CommandLineKit
import Files
import History
import Reporting
import RiskModel

/// `score`: every Azure subscription, riskiest first.
struct Score: Command {
  static let configuration = CommandConfiguration(
    abstract: "Scores every Azure subscription, prints the riskiest and writes them all.",
    discussion: """
      The table shows the probability of churn within the model's horizon, the band, what changed \
      since the previous scores, and the first reason. The file holds every subscription with all \
      its reasons; 'churn-risk schema at-risk' describes it. Subscriptions that are already lost, \
      missing from the exports or excluded are listed there with the reason instead of a score.

      Earlier lists tell two things more. A row has been flagged since the first list on record, back to \
      back, that had it at risk, not yet far below that, or near a deadline: --previous tells, else the \
      newest run in --runs; without either a row is flagged for the first time. And once the horizon \
      of a list has passed, the losses that came stand against those expected, below the table and in \
      'monitoring' of the file.
      """,
    examples: [
      Example(command: "churn-risk score", does: "scores today, writes at-risk.json"),
      Example(
        command: "churn-risk score --previous last-week.json --output this-week.json",
        does: "says what changed"),
      Example(command: "churn-risk score --output - | jq .summary", does: "for another program"),
    ])

  @Option(value: "DIR", help: "The folder of the model.") var model = "model"
  @Option(help: "Score what was known on this day.", whenAbsent: "the newest observation")
  var asOf: CalendarDay?
  @Option(value: "FILE", help: "Earlier scores to compare with.") var previous: String?
  @Option(
    value: "DIR", help: "Where 'churn-risk run' keeps its runs, which hold earlier lists.",
    whenAbsent: "runs, where it is")
  var runs: String?
  @Option(value: "FILE", help: "Where the scores go; - for standard output, without the table.")
  var output = "at-risk.json"
  @Option(help: "Rows of the table.", accepting: .within(0...10_000)) var top = 20
  @Option(
    value: "FILE",
    help: "Writes every feature's contribution to every score as CSV, under rules its points.")
  var allContributions: String?
  @Option(help: redactionHelp, whenAbsent: "nothing")
  var redact: CommaList<AtRiskDocument.Redaction> = []
  @OptionGroup var attention: AttentionOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    let folder = ModelFolder(model)
    try checkFiles(folder)
    session.progress.begin("Reading the model and the history")
    let trained = try folder.read()
    let before = try previous.map { try AtRiskDocument(contentsOf: $0) }
    let history = try HistoryStore.open(store.store, for: .reading)
    session.progress.begin("Scoring")
    let scores = try Scorer(model: trained, owners: history.owners)
      .score(history, asOf: asOf, progress: session.report)
    var document = AtRiskDocument(scores)
    let past = pastRuns(of: document)
    // A run that cannot be read any more is passed over: it only tells since when a row was flagged.
    let newest =
      before == nil
      ? past.reversed().lazy.compactMap { try? AtRiskDocument(contentsOf: $0.scores) }.first : nil
    try document.compare(with: before, path: previous, flaggedIn: newest)
    session.progress.begin("Looking up what became of earlier lists")
    let monitoring = try RunMonitoring(
      listsBefore: scores.asOf, of: trained, history, runs: past, previous: before)
    if !monitoring.matured.isEmpty { document.monitoring = monitoring.json }
    let remarks =
      scores.attention + monitoring.attention + document.remarks(on: history.owners)
      + document.remarks(on: history.contacts)
    document.attention = remarks
    document.note(history.contacts)
    document.decideEntries(since: before)
    document.putAside()
    document = document.redacted(Set(redact.values))
    session.progress.begin("Writing \(output)")
    if let allContributions { try ContributionsFile(scores).write(to: allContributions) }
    try document.write(to: output)
    session.progress.end()
    if output != "-", allContributions != "-" {
      try StandardStream.output.write(
        RiskTable(document, outcome: monitoring.outcome).text(
          top: top, width: session.outputColumns, wroteTo: output))
    }
    session.tell(remarks)
    try attention.conclude(remarks)
  }

  /// The kept runs before the list that answer the same question, ascending.
  private func pastRuns(of document: AtRiskDocument) -> [PastRun] {
    guard let day = CalendarDay(document.asOf) else { return [] }
    return RunFolder(runs ?? "runs").finished(before: day).filter {
      $0.horizonDays == document.horizonDays && $0.events == document.churnEvents
    }
  }

  private func checkFiles(_ folder: ModelFolder) throws {
    var files = FileUse()
    files.keeps(store: store.store)
    files.reads(folder.model, by: "--model")
    files.reads(previous, by: "--previous")
    files.writes(output, by: "--output")
    files.writes(allContributions, by: "--all-contributions")
    try files.check()
  }
}

/// What `--redact` does, in `score` and `export`.
let redactionHelp =
  "What to leave out, for sharing, or both as revenue,names: revenue is value and expected loss; names are those of customers "
  + "and subscriptions, while partnerName, providerName and the owner stay."

extension AtRiskDocument.Redaction: ParsableValue {}
