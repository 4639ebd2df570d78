import Access
import CommandLineKit
import Glibc

/// `tokens`: who may ask the service for what.
struct Tokens: Command {
  static let configuration = CommandConfiguration(
    abstract: "Makes, lists and revokes the access tokens of the service.",
    discussion: """
      A token is a secret that a program or a person shows to the service; its role says what it may see:
        globalAdmin            everything, the activity log and the tokens too
        adminAgent             everything but the tokens
        mpnPartnerAdmin        the page, all data and the metrics
        executiveReportViewer  the same
        reportViewer           the page and all data, without revenue and without personal data
        salesAgent             the page, subscriptions, usage and risk of an account manager's customers
        userManagementAdmin    nothing but tokens; those of a globalAdmin excepted
      The file keeps the SHA-256 of each secret and never the secret itself. It belongs to its owner alone \
      (mode 0600); the service refuses one that others may read.
      """,
    examples: [
      Example(
        command: "churn-risk tokens add 'Power BI' --role reportViewer",
        does: "makes a token and prints it, once"),
      Example(command: "churn-risk tokens list", does: "who has a token, and until when"),
      Example(
        command: "churn-risk tokens revoke 0123456789ab", does: "lets a token open nothing any more"
      ),
    ], subcommands: [TokensAdd.self, TokensList.self, TokensRevoke.self])
}

/// Where the tokens are kept.
struct TokensOption: ParsableGroup {
  static let title = "Tokens"

  @Option(value: "FILE", help: "The tokens, one JSON file.", environment: "CHURN_RISK_TOKENS")
  var tokens = "tokens.json"
}

/// Where commands that change tokens leave a trace.
struct TokensLogOption: ParsableGroup {
  static let title = "Activity log"

  @Option(
    value: "DIR", help: "The activity log in which the change is noted.",
    whenAbsent: "the folder 'activity' beside the tokens",
    environment: "CHURN_RISK_ACTIVITY")
  var activity: String?

  /// Notes what a command did to a token; when that cannot be written a person must know.
  func note(_ verb: String, _ record: TokenRecord, in tokens: String, _ session: Session) {
    let beside = tokens.lastIndex(of: "/").map { String(tokens[...$0]) } ?? ""
    let folder = ActivityFolder(activity ?? beside + "activity")
    let entry = ActivityEntry(
      time: .now(), via: .command, peer: "user \(getuid())", method: verb,
      action: ServiceResource.tokens.rawValue,
      query: "id=\(record.id)&role=\(record.role.rawValue)&name=\(Self.encoded(record.name))",
      status: 200)
    do { try folder.append(entry) } catch { session.complain(error) }
  }

  /// A name that cannot pass for another parameter.
  private static func encoded(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "&": "%26"
      case "=": "%3D"
      default: String(scalar)
      }
    }.joined()
  }
}

extension Role: ParsableValue {}
