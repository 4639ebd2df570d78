import Access
import CommandLineKit
import History

/// `tokens add`: a new token, which alone goes to standard output.
struct TokensAdd: Command {
  static let configuration = CommandConfiguration(
    name: "add", abstract: "Makes a token and prints it, once.",
    discussion: """
      Standard output gets the token and nothing else, so that TOKEN=$(churn-risk tokens add …) works; what \
      there is to know about it goes to standard error. It cannot be printed again: the file keeps a digest \
      of it. Give whoever needs one a token of their own; then the activity log tells them apart, and one can \
      be revoked without the others. 'churn-risk tokens --help' lists what each role may see.
      """,
    examples: [
      Example(
        command: "churn-risk tokens add 'Power BI' --role reportViewer",
        does: "a token for a program, valid for 365 days"),
      Example(
        command: "churn-risk tokens add Ann --role salesAgent --account-manager 'Ann Lee'",
        does: "one that sees the customers that the owners file gives to Ann Lee"),
      Example(
        command: "churn-risk tokens add Grafana --role mpnPartnerAdmin --never-expires > token",
        does: "one that is valid until it is revoked, into a file"),
    ])

  @Argument(value: "NAME", help: "Who the token is for.") var name: String
  @Option(value: "ROLE", help: "What it may see.") var role: Role
  @Option(
    value: "NAME", help: "With salesAgent: whose customers, named as in the owners file.",
    whenAbsent: "none")
  var accountManager: String?
  @Option(
    help: "The last day on which it is valid, UTC.",
    whenAbsent: "\(TokenRequest.defaultLifeDays) days from now")
  var expiresOn: CalendarDay?
  @Flag(help: "Keeps it valid until it is revoked.") var neverExpires = false
  @OptionGroup var file: TokensOption
  @OptionGroup var log: TokensLogOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard expiresOn == nil || !neverExpires else {
      throw UsageError("Expected either --expires-on DAY or --never-expires.")
    }
    guard role == .salesAgent || accountManager == nil else {
      throw UsageError(
        "--account-manager confines a salesAgent; \(role.rawValue) sees all customers or none. "
          + "Leave it out, or choose --role salesAgent.")
    }
    guard role != .salesAgent || accountManager != nil else {
      throw UsageError(
        "Expected --account-manager NAME with --role salesAgent: whose customers it may see.")
    }
  }

  mutating func run() throws {
    let session = Session(global)
    let today = UTCTime.now().day
    let lastDay = expiresOn ?? today + TokenRequest.defaultLifeDays
    let request = TokenRequest(
      name: name, role: role, accountManager: accountManager,
      expiresOn: neverExpires ? nil : lastDay)
    let issued = try TokenFile.add(request, to: file.tokens, on: today)
    log.note("add", issued.record, in: file.tokens, session)
    do {
      try StandardStream.output.write(issued.token + "\n")
    } catch {
      // Nobody has seen it whole, and nobody is to use it.
      _ = try TokenFile.revoke(issued.record.id, in: file.tokens, on: today)
      log.note("revoke", issued.record, in: file.tokens, session)
      session.note("The token could not be printed, and was revoked.")
      throw error
    }
    session.note(
      "Token \(issued.record.id) for \(issued.record.shownName), \(role.rawValue), "
        + (issued.record.expiresOn.map { "valid through \($0)" } ?? "valid until it is revoked")
        + ". It is shown this once: \(file.tokens) keeps only a digest of it.")
  }
}
