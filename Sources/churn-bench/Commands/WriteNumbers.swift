import CommandLineKit

/// `numbers`: writes the table that learners of trees are compared on.
struct WriteNumbers: Command {
  static let configuration = CommandConfiguration(
    name: "numbers",
    abstract: "Writes a made-up table of numbers with labels; always the same bytes.",
    examples: [
      Example(command: "churn-bench numbers --folder .build/bench", does: "prints the file's path")
    ])

  @Option(value: "DIR", help: "Where the file goes.") var folder = ".build/bench"

  mutating func run() throws {
    let file = NumbersFile(folder: folder)
    try file.write()
    try StandardStream.output.write(file.path + "\n")
  }
}
