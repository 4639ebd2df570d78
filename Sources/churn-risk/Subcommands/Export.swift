import CommandLineKit
import Files
import History
import Reporting

/// `export`: the lists of account managers.
struct Export: Command {
  static let configuration = CommandConfiguration(
    abstract: "Writes at-risk lists for account managers, resellers or markets.",
    discussion: """
      One file for everything, one for each account manager (or --by), one for rows that belong to \
      nobody, a summary, the reasons in long form, subscriptions without usage, subscriptions lost \
      in the last 30 days, and manifest.json with who gets which file.
      """,
    examples: [
      Example(command: "churn-risk export --format csv --output lists", does: "a file a manager"),
      Example(
        command: "churn-risk export --format csv --format json --by partnerId --output lists",
        does: "a file a reseller"),
    ])

  @Option(value: "FILE", help: "The scores to export.") var scores = "at-risk.json"
  @Option(help: "csv or json; may be given several times.") var format: [ListFormatName]
  @Option(value: "DIR", help: "The folder for the lists.") var output: String
  @Option(help: "What the lists are split by.") var by = ListGrouping.accountManager
  @Option(
    value: "FILE", help: "Who looks after whom; replaces the owners of the scores.",
    whenAbsent: "the owners in the scores")
  var owners: String?
  @Option(
    help: "Most rows of one list, riskiest first.", whenAbsent: "all at-risk rows",
    accepting: .atLeast(1))
  var capacity: Int?
  @Option(help: "What to leave out, for sharing.", whenAbsent: "nothing")
  var redact: CommaList<AtRiskDocument.Redaction> = []
  @Option(value: "MODE", help: "Permissions of the files.") var fileMode = FileMode(0o600)
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    var document = try AtRiskDocument(contentsOf: scores)
    if let owners { document.assign(try OwnerRules(contentsOf: owners)) }
    document = document.redacted(Set(redact.values))
    let formats = format.compactMap { ListFormats.named($0.name) }
    session.progress.begin("Writing lists")
    let entries = try ListExport(
      document: document, formats: formats, grouping: by, capacity: capacity,
      mode: fileMode.bits
    ).write(to: output)
    session.progress.end()
    var table = Table(columns: [
      Table.Column("File"), Table.Column("For"), Table.Column("Rows", alignment: .right),
    ])
    for entry in entries {
      table.add([entry.file, entry.key ?? "", String(entry.rows)])
    }
    try StandardStream.output.write(
      table.rendered(maximumWidth: max(80, Terminal(.output).columns))
        + "\nThe lists are in \(output); manifest.json says who gets which.\n")
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
    ValueSyntax("the name of a format", spellings: ListFormats.names)
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
