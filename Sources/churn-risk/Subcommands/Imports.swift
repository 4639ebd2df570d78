import CommandLineKit
import Files
import History
import RiskModel

/// `imports` lists what was imported; `imports remove ID` takes one import back.
struct Imports: Command {
  static let configuration = CommandConfiguration(
    abstract: "Lists what was imported, or takes one import back.",
    usage: ["[OPTIONS]", "remove ID [OPTIONS]"],
    examples: [
      Example(command: "churn-risk imports", does: "what was imported, with its number"),
      Example(
        command: "churn-risk imports remove 3", does: "takes import 3 back, as if it had never been"
      ),
    ])

  @Argument(value: "remove ID", help: "Takes the import of that number back; one at a time.")
  var words: [String] = []
  @Flag(help: "Prints JSON.") var json = false
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard !words.isEmpty else { return }
    guard words.count == 2, words[0] == "remove", Int64(words[1]) != nil else {
      throw UsageError(
        "Expected nothing, or 'remove' and the number of one import, as 'churn-risk imports' lists it."
      )
    }
  }

  mutating func run() throws {
    let session = Session(global)
    session.progress.begin("Reading \(store.store)")
    if words.count == 2, let id = Int64(words[1]) { return try remove(id, session) }
    let list = ImportList(try HistoryStore.open(store.store, for: .reading).imports())
    session.progress.end()
    try StandardStream.output.write(
      json
        ? list.json.serialized() + "\n"
        : list.text(width: session.outputColumns))
    session.tell(list.attention)
  }

  private func remove(_ id: Int64, _ session: Session) throws {
    let history = try HistoryStore.open(store.store, for: .changing)
    let row = try history.remove(importId: id)
    session.progress.end()
    guard !json else {
      let attention: [Attention] = []
      return try StandardStream.output.write(
        JSONValue.object(["removed": row.json, "attention": attention.json]).serialized() + "\n")
    }
    try StandardStream.output.write(
      "Took import \(id) back: \(row.format) of \(row.identity.observedOn), "
        + "\(counted(row.rowsAccepted, "row")).\n")
  }
}
