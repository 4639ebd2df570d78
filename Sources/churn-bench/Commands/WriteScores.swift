import CommandLineKit

/// `scores`: writes the at-risk.json that the benchmarks of the lists read.
struct WriteScores: Command {
  static let configuration = CommandConfiguration(
    name: "scores",
    abstract: "Writes made-up scores row by row; the same numbers give the same bytes.",
    examples: [
      Example(
        command: "churn-bench scores --subscriptions 1000 --output at-risk.json",
        does: "a small file")
    ])

  @Option(value: "N", help: "Scored subscriptions.", accepting: .within(1...10_000_000))
  var subscriptions = 100_000
  @Option(value: "N", help: "Account managers.", accepting: .within(1...1_000)) var managers = 200
  @Option(value: "FILE", help: "Where the scores go.") var output: String

  mutating func run() throws {
    try ScoresWorkload(subscriptions: subscriptions, managers: managers).write(to: output)
  }
}
