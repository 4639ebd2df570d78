import CommandLineKit
import Files
import History

/// `import PATH…`: adds exports to the history.
struct Import: Command {
  static let configuration = CommandConfiguration(
    abstract: "Adds exports of Partner Center to the history.",
    discussion: """
      What a file is, is told by its content; the day it was exported by --observed-on, else by a date \
      in the file's or its folder's name. Rows that cannot be used are rejected one by one and the \
      rest of the file loads. The same file again changes nothing, so importing a whole folder every \
      week is the usual way. The history is created when it is missing.
      """,
    examples: [
      Example(command: "churn-risk import exports/", does: "every export below the folder"),
      Example(
        command: "churn-risk import usage.jsonl.gz --observed-on 2026-11-16",
        does: "one file, with its day"),
      Example(
        command: "churn-risk import exports/ --dry-run", does: "only says what would be done"),
      Example(
        command: "churn-risk import exports/ --rejects rejects.csv",
        does: "writes every rejected row with the reason"),
    ])

  @Argument(value: "PATH", help: "Files, folders with everything below them, - for standard input.")
  var paths: [String]
  @Option(help: "The day on which the exports were made.", whenAbsent: "told by names")
  var observedOn: CalendarDay?
  @Option(
    value: "NAME", help: "Which partner tenant the exports come from.",
    whenAbsent: "told by the rows, else default")
  var source: String?
  @Option(value: "FILE", help: "Where rejected rows go, as CSV.") var rejects: String?
  @Flag(help: "Reads everything and changes nothing.") var dryRun = false
  @Flag(help: "Prints the report as JSON.") var json = false
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    let history = try HistoryStore.open(store.store, for: dryRun ? .rehearsing : .importing)
    let report = try Importer(history).import(
      paths: paths, observedOn: observedOn, source: source, rejectsFile: rejects, dryRun: dryRun
    ) { progress in
      session.progress.begin("Reading file \(progress.fileNumber) of \(progress.fileCount)")
      session.progress.update(
        fraction: Double(progress.fileNumber - 1) / Double(progress.fileCount),
        count: progress.rows, unit: "rows")
    }
    session.progress.end()
    let text = ImportText(report, isVerbose: global.verbose)
    if json {
      try StandardStream.output.write(text.json.serialized() + "\n")
    } else {
      try StandardStream.output.write(text.table(width: Terminal(.output).columns))
    }
    for problem in text.problems { session.note(problem) }
    if let failure = report.failure { throw failure }
    if let nothing = text.nothingToImport { throw nothing }
  }
}
