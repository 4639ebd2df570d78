import CommandLineKit
import Files
import History

/// `imports` lists what was imported; `imports remove ID` takes one import back.
struct Imports: Command {
  static let configuration = CommandConfiguration(
    abstract: "Lists what was imported, or takes one import back.",
    examples: [
      Example(command: "churn-risk imports", does: "what was imported, with its number"),
      Example(
        command: "churn-risk imports remove 3", does: "takes import 3 back, as if it had never been"
      ),
    ])

  @Argument(value: "remove ID", help: "Takes the import of that number back.")
  var words: [String] = []
  @Flag(help: "Prints JSON.") var json = false
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard !words.isEmpty else { return }
    guard words.count == 2, words[0] == "remove", Int64(words[1]) != nil else {
      throw UsageError("Expected nothing, or 'remove' and the number of an import.")
    }
  }

  mutating func run() throws {
    if words.count == 2, let id = Int64(words[1]) { return try remove(id) }
    let rows = try HistoryStore.open(store.store, for: .reading).imports()
    guard !json else {
      return try StandardStream.output.write(
        JSONValue.object(["imports": .array(rows.map(\.json))]).serialized() + "\n")
    }
    var table = Table(columns: [
      Table.Column("Id", alignment: .right), Table.Column("File", minimumWidth: 16),
      Table.Column("Kind"), Table.Column("Source"), Table.Column("Day"),
      Table.Column("Rows", alignment: .right), Table.Column("Rejected", alignment: .right),
    ])
    for row in rows {
      table.add([
        String(row.id), row.file.split(separator: "/").suffix(2).joined(separator: "/"),
        row.format, row.identity.source, "\(row.identity.observedOn)",
        grouped(row.rowsAccepted), grouped(row.rowsRejected),
      ])
    }
    try StandardStream.output.write(
      table.rendered(maximumWidth: max(80, Terminal(.output).columns))
        + "\n\(grouped(rows.count)) imports.\n")
  }

  private func remove(_ id: Int64) throws {
    let history = try HistoryStore.open(store.store, for: .changing)
    let row = try history.remove(importId: id)
    guard !json else {
      return try StandardStream.output.write(
        JSONValue.object(["removed": row.json]).serialized() + "\n")
    }
    try StandardStream.output.write(
      "Took import \(id) back: \(row.format) of \(row.identity.observedOn), "
        + "\(grouped(row.rowsAccepted)) rows.\n")
  }
}

extension ImportRow {
  fileprivate var json: JSONValue {
    [
      "id": .integer(Int(id)), "file": .string(file), "kind": .string(format),
      "resource": .string(identity.resource.rawValue), "source": .string(identity.source),
      "observedOn": .string("\(identity.observedOn)"), "dayFrom": .string(dayOrigin.rawValue),
      "sha256": .string(identity.sha256), "rowsAccepted": .integer(rowsAccepted),
      "rowsRejected": .integer(rowsRejected), "rowsIgnored": .integer(rowsIgnored),
    ]
  }
}
