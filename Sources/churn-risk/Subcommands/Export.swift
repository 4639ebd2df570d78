import CommandLineKit
import Files
import History
import Reporting
import RiskModel
import Words

/// `export`: the lists of account managers.
struct Export: Command {
  static let configuration = CommandConfiguration(
    abstract: "Writes at-risk lists for account managers, resellers or markets.",
    discussion: """
      One file for everything, one for each account manager (or --by), one for rows that belong to \
      nobody, and a summary, each in every format; the reasons in long form, subscriptions without \
      usage and subscriptions lost in the last 30 days as CSV; and manifest.json with who gets which \
      file. Lists of an earlier export into the same folder make room.

      xlsx is a workbook with typed dates and numbers and the sheets To work through, Without usage, \
      Lost in the last 30 days and About. html is one page that needs nothing else, for screen, telephone \
      and paper; it shows the rows to work through, at most 1,000. A reseller's file (--by partnerId) \
      has nothing about the others: no reason that compares with them, no base rate, own ranks. All other \
      files hold everybody's rows and are the partner's own, as manifest.json says of each (reader).
      """,
    examples: [
      Example(command: "churn-risk export --format csv --output lists", does: "a file a manager"),
      Example(
        command: "churn-risk export --format xlsx --format html --output lists",
        does: "a workbook and a page a manager"),
      Example(
        command: "churn-risk export --format csv --bom --output lists",
        does: "CSV that Excel opens by a double click"),
      Example(
        command: "churn-risk export --format csv --format json --by partnerId --output lists",
        does: "a file a reseller"),
    ])

  @Option(value: "FILE", help: "The scores to export.") var scores = "at-risk.json"
  @Option(help: "How the lists are written.") var format: [ListFormatName]
  @Option(value: "DIR", help: "The folder for the lists.") var output: String
  @Option(help: "What the lists are split by.") var by = ListGrouping.accountManager
  @Option(
    value: "FILE", help: "Who looks after whom; replaces the owners of the scores.",
    whenAbsent: "the owners in the scores")
  var owners: String?
  @Option(
    value: "FILE",
    help: "Who spoke with whom, and until when rows are put aside; replaces what the scores know.",
    whenAbsent: "the contacts in the scores")
  var contacts: String?
  @Option(
    value: "FILE", help: "Earlier scores, to tell what changed and who was on the lists before.",
    whenAbsent: "the comparison in the scores")
  var previous: String?
  @Option(help: "What stands first, and is kept where a list is full.")
  var order = ListSort.probability
  @Option(
    help: "Most rows of one list.", whenAbsent: "all that belong on it", accepting: .atLeast(1))
  var capacity: Int?
  @OptionGroup var holdOut: HoldOutOptions
  @OptionGroup var profit: ProfitOptions
  @Option(
    help: "The language of reasons, pages and workbooks; column names of CSV and JSON keys stay.")
  var language = Language.en
  @Option(help: redactionHelp, whenAbsent: "nothing")
  var redact: CommaList<AtRiskDocument.Redaction> = []
  @Option(
    value: "MODE",
    help: "Permissions of the files; a new folder also lets those in who may read them.")
  var fileMode = FileMode(0o600)
  @Flag(
    help: "CSV for spreadsheets: begins with a byte order mark, lines end with CR LF.")
  var bom = false
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    session.progress.begin("Reading \(scores)")
    var document = try document()
    var remarks: [Attention] = []
    if let path = owners {
      let (owners, report) = try OwnerRules.read(path)
      document.assign(owners)
      remarks += ImportAttention(report).remarks + document.remarks(on: owners)
    }
    let contactLog = try contacts.map { path in
      let (contacts, report) = try ContactLog.read(path)
      remarks += ImportAttention(report).remarks + document.remarks(on: contacts)
      return contacts
    }
    let terms = try profit.terms
    let rates = try terms.exchangeRates(of: document)
    let policy = try decide(&document, rates, contacts: contactLog)
    let profit = terms.profit(document, order: order, rates: rates)
    document.remarkOnLists(order: order, policy: policy, profit: profit)
    document = document.translated(to: language)
    session.progress.begin("Writing lists")
    var export = ListExport(
      document: document, formats: formats, grouping: by, order: order, capacity: capacity,
      mode: fileMode.bits, csv: csv)
    export.redactions = Set(redact.values)
    export.profit = profit
    let entries = try export.write(to: output, checking: checkFiles, progress: session.report)
    session.progress.end()
    var table = Table(columns: [
      Table.Column("File"), Table.Column("For", minimumWidth: 12),
      Table.Column("Rows", alignment: .right),
    ])
    for entry in entries {
      table.add([entry.file, entry.key ?? "", grouped(entry.rows)])
    }
    try StandardStream.output.write(
      table.rendered(maximumWidth: session.outputColumns.map { max(80, $0) })
        + "\nThe lists are in \(output); manifest.json says who gets which.\n")
    session.tell(remarks + document.attention)
  }

  /// Decides anew who is listed where something is given that the scores did not know.
  ///
  /// Whom the scores leave alone stays so unless a hold-out is given. What there is room for is decided here
  /// alone: each export has its own lists.
  private func decide(
    _ document: inout AtRiskDocument, _ rates: ExchangeRates?, contacts: ContactLog?
  ) throws -> ListingPolicy {
    var policy = ListingPolicy()
    policy.holdOut = try holdOut.policy
    policy.rates = rates
    if let previous {
      let before = try AtRiskDocument(contentsOf: previous)
      try document.compare(with: before, path: previous)
      document.decideEntries(since: before, policy: policy)
    }
    if let contacts { document.note(contacts) }
    document.putAside(by: policy)
    document.convertLosses(by: rates)
    document.limitLists(by: by, order: order, capacity: capacity)
    return policy
  }

  /// The scores; where there are none the message says how to make some.
  private func document() throws -> AtRiskDocument {
    do {
      return try AtRiskDocument(contentsOf: scores)
    } catch let error as FileError where error.kind == .missing {
      throw FileError(
        kind: .missing, path: scores, what: "there are no scores yet",
        remedy: "Write them with 'churn-risk score', or name their file with --scores.")
    }
  }

  /// Each format once, in the order given.
  private var formats: [any ListFormat] {
    var names: [String] = []
    for format in format where !names.contains(format.name) { names.append(format.name) }
    return names.compactMap { ListFormats.named($0, csv: csv) }
  }

  private var csv: CSVStyle { bom ? .spreadsheet : .plain }

  private func checkFiles(_ names: Set<String>) throws {
    var files = FileUse()
    files.reads(scores, by: "--scores")
    files.reads(owners, by: "--owners")
    files.reads(contacts, by: "--contacts")
    files.reads(previous, by: "--previous")
    files.reads(profit.rates, by: "--rates")
    for name in names.sorted() { files.writes("\(output)/\(name)", by: "--output") }
    try files.check()
  }
}

/// A format's name as an option's value.
struct ListFormatName: ParsableValue {
  let name: String

  init?(argument: String) {
    guard ListFormats.names.contains(argument) else { return nil }
    name = argument
  }

  var argumentText: String { name }
  static var syntax: ValueSyntax {
    ValueSyntax(ListFormats.names.joined(separator: " or "), spellings: ListFormats.names)
  }
}

/// Permissions in octal: 0640.
struct FileMode: ParsableValue {
  let bits: UInt32

  init(_ bits: UInt32) { self.bits = bits }

  init?(argument: String) {
    guard let bits = UInt32(argument, radix: 8), bits <= 0o777, bits & 0o600 == 0o600 else {
      return nil
    }
    self.bits = bits
  }

  var argumentText: String { "0" + String(bits, radix: 8) }
  static let syntax = ValueSyntax(
    "permissions such as 0640, readable and writable by the owner", placeholder: "MODE")
}

extension ListGrouping: ParsableValue {}
extension ListSort: ParsableValue {}
extension Language: ParsableValue {}
