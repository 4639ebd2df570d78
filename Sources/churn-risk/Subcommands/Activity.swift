import Access
import CommandLineKit
import Files
import History
import RiskModel

/// `activity`: who asked the service for what, and when.
struct Activity: Command {
  static let configuration = CommandConfiguration(
    abstract: "Prints the activity log of the service: who asked for what, and when.",
    discussion: """
      The service notes every access, those it refused too, in a file for each UTC day, and keeps them for \
      90 days; commands that change tokens note it there as well. No secret is in it: a token is named by its \
      id. The log may be read while the service runs.

      'via' is how the one who asked was known: bearer (a token in the request), session (a browser that has \
      signed in), none, or command (on this machine). A table shows the last \(Self.rowsOfTable) entries \
      unless --last says otherwise; JSON Lines and CSV have all of them.
      """,
    examples: [
      Example(command: "churn-risk activity", does: "what was asked last"),
      Example(
        command: "churn-risk activity --from 2026-11-01 --to 2026-11-30 --format csv",
        does: "a month for a spreadsheet"),
      Example(
        command: "churn-risk activity --token 0123456789ab --resource risk",
        does: "when a token was used to ask for the risk"),
      Example(command: "churn-risk activity --format json", does: "JSON Lines for programs"),
    ])

  /// A table is held in memory as a whole, to make its columns as wide as they need to be.
  private static let rowsOfTable = 1_000

  @Option(help: "The first day, UTC.", whenAbsent: "the first in the log") var from: CalendarDay?
  @Option(help: "The last day, UTC.", whenAbsent: "the last in the log") var to: CalendarDay?
  @Option(
    value: "ID", help: "Only accesses with this token, and how it was made and revoked.",
    whenAbsent: "all")
  var token: String?
  @Option(
    value: "NAME", help: "Only accesses to this resource, such as subscriptions, page or signIn.",
    whenAbsent: "all")
  var resource: String?
  @Option(
    value: "N", help: "Only the last N of them.",
    whenAbsent: "\(grouped(Self.rowsOfTable)) in a table, else all",
    accepting: .within(1...1_000_000))
  var last: Int?
  @Option(help: "How they are written; json is JSON Lines.") var format = Format.table
  @Option(
    value: "DIR", help: "The folder of the activity log.", environment: "CHURN_RISK_ACTIVITY")
  var activity = "activity"
  @OptionGroup var global: GlobalOptions

  /// How entries are written.
  enum Format: String, CaseIterable, ParsableValue { case table, json, csv }

  func validate() throws {
    if let from, let to, to < from {
      throw UsageError("--to \(to) is before --from \(from). Expected the later day in --to.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    let reader = try ActivityReader(ActivityFolder(activity))
    var matching = 0
    var reading = ActivityReader.Reading()
    switch format {
    case .table:
      var entries: [ActivityEntry] = []
      (matching, reading) = try read(reader) { entries.append($0) }
      try StandardStream.output.write(
        ActivityText.table(of: entries, width: session.outputColumns))
      session.note(ActivityText.remark(shown: entries.count, of: matching))
    case .json:
      try writeFile("-") { file in
        var writer = JSONWriter(file, pretty: false)
        (_, reading) = try read(reader) { try writer.value($0.json) }
      }
    case .csv:
      try writeFile("-") { file in
        var writer = DelimitedWriter(file)
        try writer.write(ActivityEntry.fields)
        (_, reading) = try read(reader) { try writer.write(ActivityText.cells(of: $0)) }
      }
    }
    session.tell(ActivityText.attention(reading))
  }

  /// Hands out the entries that are asked for: as they are read, or at the end where only the last are.
  private func read(
    _ reader: ActivityReader, _ take: (ActivityEntry) throws -> Void
  ) throws -> (matching: Int, ActivityReader.Reading) {
    let wanted = last ?? (format == .table ? Self.rowsOfTable : nil)
    let tokenId = token.map { TokenFile.id(in: $0) }
    let action = resource?.lowercased()
    var matching = 0
    var ring: [ActivityEntry] = []
    let reading = try reader.read(from: from, to: to) { entry in
      guard tokenId.map({ Self.isAbout($0, entry) }) ?? true,
        action == nil || entry.action.lowercased() == action
      else { return }
      defer { matching += 1 }
      guard let wanted else { return try take(entry) }
      if ring.count < wanted { ring.append(entry) } else { ring[matching % wanted] = entry }
    }
    if !ring.isEmpty {
      let oldest = matching % ring.count
      for entry in ring[oldest...] + ring[..<oldest] { try take(entry) }
    }
    return (matching, reading)
  }

  /// Whether somebody used a token, or it was made or revoked.
  private static func isAbout(_ id: String, _ entry: ActivityEntry) -> Bool {
    entry.token == id || entry.query.split(separator: "&").contains { $0 == "id=\(id)" }
  }
}
