import CommandLineKit

/// Measures churn-risk against other tools: one benchmark, one file in `Benchmarks`, one line in
/// `benchmarks`.
@main
struct ChurnBench: Command {
  static let configuration = CommandConfiguration(
    name: "churn-bench",
    abstract: "Measures how fast churn-risk is, against other tools and against the machine.",
    examples: [
      Example(command: "churn-bench run", does: "every benchmark, on a quiet machine"),
      Example(
        command: "churn-bench run json-lines --runs 9", does: "one benchmark, nine rounds of it"),
    ],
    subcommands: [
      RunBenchmarks.self, WriteWorkload.self, WritePartner.self, ReadBack.self, BuildFeatures.self,
      WriteNumbers.self, GrowTrees.self, FitLogistic.self, WriteScores.self,
    ])
}
