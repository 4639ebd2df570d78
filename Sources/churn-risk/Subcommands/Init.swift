import CommandLineKit
import Files

/// `init`: an example configuration of the weekly job.
struct Init: Command {
  static let configuration = CommandConfiguration(
    abstract: "Writes an example configuration for the weekly job, with remarks.",
    discussion: """
      Keys that begin with // are remarks. A file that is there already stays as it is. 'churn-risk schema \
      config' describes every key.
      """,
    examples: [
      Example(command: "churn-risk init", does: "writes churn-risk.json"),
      Example(command: "churn-risk init --output -", does: "prints it"),
    ])

  @Option(value: "FILE", help: "Where the configuration goes; - for standard output.")
  var output = "churn-risk.json"
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    if output != "-", (try? contents(ofFile: output)) != nil {
      throw FileError(
        kind: .unwritable, path: output, what: "is there already",
        remedy: "Edit it, or name another file with --output.")
    }
    try writeFile(output) { try $0.write(RunConfiguration.example) }
    guard output != "-" else { return }
    try StandardStream.output.write(
      "Wrote \(output). Edit it, then run 'churn-risk run --config \(output)' every week.\n")
  }
}
