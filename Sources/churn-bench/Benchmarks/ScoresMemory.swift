import CommandLineKit
import Files

/// The most memory that writing the scores of a million subscriptions holds.
struct ScoresMemory: Benchmark {
  let name = "scores-memory"
  let summary = "the most memory that writing at-risk.json row by row holds"

  func run(on bench: Bench) throws {
    bench.note("Measuring the memory of writing scores")
    let workload = ScoresWorkload(subscriptions: bench.scores.subscriptions * 10)
    let finding = Finding(
      benchmark: name, what: "Peak memory of writing at-risk.json", workload: workload.shortTitle,
      unit: .bytes, target: .atMost(300e6, stretch: 150e6))
    try bench.add(finding) { finding in
      let file = "\(bench.scratch)/scores.json"
      let child = try bench.runSelf([
        "scores", "--subscriptions", "\(workload.subscriptions)", "--output", file,
      ])
      bench.report.note(
        "at-risk.json of \(grouped(workload.subscriptions)) subscriptions, "
          + "\(megabytes(fileSize(file) ?? 0)), was written in \(secondsText(child.seconds)).")
      try removeFile(file)
      finding.figure = Double(child.peakMemory)
    }
  }
}
