import CommandLineKit
import Files
import History
import RiskModel

/// `import PATH…`: adds exports to the history.
struct Import: Command {
  static let configuration = CommandConfiguration(
    abstract: "Adds exports of Partner Center to the history.",
    discussion: """
      Reads the analytics of Partner Center (subscriptions, Azure usage, resellers, searches, \
      referrals, licences), its web tables and logs, Insights downloads, Graph billing usage and FOCUS, \
      as JSON in any envelope, JSON Lines, CSV or TSV, plain or gzipped; and the lists you keep yourself. \
      What a file is, is told by its content, and the report says what it was taken for. The day it was exported is told by --observed-on, else \
      by a date in the file's or its folder's name, else by the day on which the file was last \
      modified, in UTC and with a warning, since copying a file may change it.

      Rows that cannot be used are rejected one by one and the rest of the file loads. Inside a folder \
      a file that is no export is skipped, with the reason; one that was named ends with status 65. \
      The same file again changes nothing, so importing a whole folder every week is the usual way. \
      The history is created when it is missing.
      """,
    examples: [
      Example(command: "churn-risk import exports/", does: "every export below the folder"),
      Example(
        command: "churn-risk import usage.jsonl.gz --observed-on 2026-11-16",
        does: "one file, with its day"),
      Example(
        command: "churn-risk import export.csv --date-order dmy",
        does: "a table of a spreadsheet whose dates begin with the day"),
      Example(
        command: "churn-risk import exports/ --dry-run", does: "only says what would be done"),
      Example(
        command: "churn-risk import exports/ --rejects rejects.csv",
        does: "writes every rejected row with the reason"),
    ])

  @Argument(value: "PATH", help: "Files, folders with everything below them, - for standard input.")
  var paths: [String]
  @Option(
    help: "The day on which the exports were made.",
    whenAbsent: "told by the names, else by the files' own days")
  var observedOn: CalendarDay?
  @Option(
    value: "NAME", help: "Which partner tenant the exports come from.",
    whenAbsent: "told by the rows, else default")
  var source: String?
  @Option(
    help: "Which Partner Center the exports come from.",
    whenAbsent: "as known of the source, else global")
  var cloud: NationalCloud?
  @Option(
    help: "Which comes first in dates such as 03/04/2024: dmy or mdy.",
    whenAbsent: "told by each column; a date that may be either is rejected")
  var dateOrder: DateOrder?
  @Option(
    value: "FILE",
    help: "Where rejected rows go, as CSV; - for standard output, without the table.")
  var rejects: String?
  @Flag(help: "Reads everything and changes nothing.") var dryRun = false
  @Flag(help: "Prints the report as JSON.") var json = false
  @OptionGroup var attention: AttentionOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard rejects != "-" || !json else {
      throw UsageError(
        "--rejects - and --json would both write to standard output. Name a file with --rejects.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    try checkFiles()
    session.progress.begin("Reading")
    let history = try HistoryStore.open(store.store, for: dryRun ? .rehearsing : .importing)
    let report = try Importer(history).import(
      paths: paths, observedOn: observedOn, source: source, dateOrder: dateOrder, cloud: cloud,
      rejectsFile: rejects, dryRun: dryRun
    ) { progress in
      let files = "\(grouped(progress.fileNumber)) of \(grouped(progress.fileCount))"
      session.progress.update(
        fraction: Double(progress.fileNumber - 1) / Double(progress.fileCount),
        count: progress.rows > 0 ? progress.rows : nil,
        unit: progress.rows > 0 ? "rows of file \(files)" : "file \(files)")
    }
    session.progress.end()
    let found = ImportAttention(report)
    let nothing = report.nothingToImport
    if json {
      let attention = found.all + (nothing.map { [Attention("nothingToImport", "\($0)")] } ?? [])
      try StandardStream.output.write(report.json(attention: attention).serialized() + "\n")
    } else if rejects != "-", !report.files.isEmpty {
      try StandardStream.output.write(
        ImportText(report, isVerbose: global.verbose).text(
          width: session.outputColumns))
    }
    session.tell(found.remarks)
    // The first failure is the one that the program ends with.
    for failure in found.failures.dropFirst() { session.complain(failure) }
    if let failure = report.failure { throw failure }
    if let nothing { throw nothing }
    try attention.conclude(found.all)
  }

  /// Rejected rows must not replace an export or the history.
  private func checkFiles() throws {
    var files = FileUse()
    files.keeps(store: store.store)
    for path in paths {
      // Rejected rows of an earlier run may lie among the exports and make room.
      if let rejects, isFile(rejects, inside: path), Self.holdsRejectedRows(rejects) { continue }
      files.reads(path, by: "PATH")
    }
    files.writes(rejects, by: "--rejects")
    try files.check()
  }

  private static func holdsRejectedRows(_ path: String) -> Bool {
    let header = Array("file,line,column,reason\n".utf8)
    var start: [UInt8] = []
    guard let source = try? ByteSource(path: path),
      (try? source.read(upTo: header.count, into: &start)) != nil
    else { return false }
    return start.starts(with: header)
  }
}
