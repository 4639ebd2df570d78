import CommandLineKit
import Files
import History
import RiskModel

/// `forget`: erases a customer, or what is older than a day.
struct Forget: Command {
  static let configuration = CommandConfiguration(
    abstract: "Erases a customer, or everything older than a day, from the history.",
    discussion: """
      --customer erases what exports have shown of a customer: its subscriptions with every state and \
      observation, its usage, the names that only it has, and the lines of owners and exclusions that \
      name it or its subscriptions. A subscription that was also seen with another customer, as after a \
      transfer, stays with that one. TENANT is customerTenantId; for a customer without one, the id of \
      its subscription.

      --before erases observations and usage of earlier days, and what only they have shown. So that \
      features stay right, each subscription that is shown on DAY or later keeps the date of its last \
      usage before DAY, as the lastUsageDate of its first row. What also stays: the dates that rows of DAY \
      and later carry (creation, start, trial and the like), and the lists of owners and exclusions. \
      Everything else is as if recording had begun on DAY: what was seen before, such as an earlier \
      suspension, is no longer known.

      Afterwards the file is written anew, so that no trace is left in it or in its log, and the next \
      import of the same exports brings nothing back: it ignores such rows and counts them. For that the \
      history keeps a salted SHA-256 of the customer's id and of its subscriptions' ids, from which they \
      cannot be read. It cannot be undone; --dry-run only counts.

      Out of reach: the exports themselves, scores and lists that were written before, backups and the copy \
      HISTORY.version1 that an update may have left, and deleted blocks of the disk. Names of imported \
      files stay in the list of imports. Models hold no id of a customer or subscription and no name.

      An unknown customer ends with status 66 and changes nothing. Erasing one that was erased before cleans \
      up once more, as after an interruption. With status 75 everything is erased and another process still \
      has the history open: repeat the command when it has ended.
      """,
    usage: ["--customer TENANT [OPTIONS]", "--before DAY [OPTIONS]"],
    examples: [
      Example(
        command: "churn-risk forget --customer 6f9619ff-8b86-d011-b42d-00c04fc964ff --dry-run",
        does: "counts what would be erased"),
      Example(
        command: "churn-risk forget --customer 6f9619ff-8b86-d011-b42d-00c04fc964ff",
        does: "erases the customer"),
      Example(
        command: "churn-risk forget --before 2024-01-01", does: "erases what is older than a day"),
    ])

  @Option(value: "TENANT", help: "The customer to erase.", whenAbsent: "none")
  var customer: String?
  @Option(help: "The first day that stays.", whenAbsent: "none") var before: CalendarDay?
  @Flag(help: "Counts and changes nothing.") var dryRun = false
  @Flag(help: "Prints JSON.") var json = false
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (customer == nil) != (before == nil) else {
      throw UsageError("Expected either --customer TENANT or --before DAY.")
    }
    guard customer?.trimmingSpaces().isEmpty != true else {
      throw UsageError("--customer is empty. Expected a customerTenantId.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    session.progress.begin(dryRun ? "Counting" : "Erasing")
    let history = try HistoryStore.open(store.store, for: .changing)
    let report: ForgetReport
    if let before {
      report = try history.forget(before: before, dryRun: dryRun)
    } else {
      report = try history.forget(customer: customer ?? "", dryRun: dryRun)
    }
    session.progress.end()
    let text = ForgetText(report, customer: customer, before: before)
    try StandardStream.output.write(json ? text.json.serialized() + "\n" : text.text)
    session.tell(text.attention)
    if report.isLogInUse { throw CleanExit(.busy) }
  }
}
