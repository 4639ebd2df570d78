import CommandLineKit
import Reporting

/// `schema NAME`: the JSON Schema of a file.
struct Schema: Command {
  static let configuration = CommandConfiguration(
    abstract: "Prints the JSON Schema (2020-12) of a file that churn-risk reads or writes.",
    examples: [
      Example(command: "churn-risk schema at-risk", does: "what at-risk.json looks like")
    ])

  @OptionGroup var global: GlobalOptions
  @Argument(value: "NAME", help: "Which file.") var name: FileSchema

  mutating func run() throws {
    try StandardStream.output.write(name.text)
  }
}

extension FileSchema: ParsableValue {}
