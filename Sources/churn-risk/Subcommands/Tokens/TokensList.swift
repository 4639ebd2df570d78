import Access
import CommandLineKit
import Files

/// `tokens list`: who has a token.
struct TokensList: Command {
  static let configuration = CommandConfiguration(
    name: "list", abstract: "Lists the tokens, without their secrets.",
    examples: [
      Example(command: "churn-risk tokens list", does: "who has a token, and until when"),
      Example(command: "churn-risk tokens list --json", does: "the same for programs"),
    ])

  @Flag(help: "Prints JSON.") var json = false
  @OptionGroup var file: TokensOption
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    let list = TokenList(try TokenFile.read(file.tokens), on: UTCTime.now().day)
    try StandardStream.output.write(
      json ? list.json.serialized() + "\n" : list.text(width: session.outputColumns))
    session.tell(list.attention)
  }
}
