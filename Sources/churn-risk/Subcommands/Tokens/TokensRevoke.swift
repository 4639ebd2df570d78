import Access
import CommandLineKit

/// `tokens revoke`: a token opens nothing any more.
struct TokensRevoke: Command {
  static let configuration = CommandConfiguration(
    name: "revoke", abstract: "Revokes a token: it opens nothing any more.",
    discussion: """
      It stays in the list, so that the activity log can still be read. To revoke one that is revoked changes \
      nothing and says so.
      """,
    examples: [
      Example(
        command: "churn-risk tokens revoke 0123456789ab",
        does: "revokes the token of that id, which 'churn-risk tokens list' shows")
    ])

  @Argument(value: "ID", help: "The id of the token, or the whole token.") var id: String
  @OptionGroup var file: TokensOption
  @OptionGroup var log: TokensLogOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    switch try TokenFile.revoke(
      TokenFile.id(in: id), in: file.tokens, on: UTCTime.now().day)
    {
    case .revoked(let record):
      log.note("revoke", record, in: file.tokens, session)
      try StandardStream.output.write(
        "Revoked token \(record.id) of \(record.shownName).\n")
    case .wasRevoked(let record):
      let day = record.revokedOn.map { " on \($0)" } ?? ""
      try StandardStream.output.write(
        "Token \(record.id) of \(record.shownName) was revoked before\(day); "
          + "nothing was changed.\n")
    }
  }
}
