import CommandLineKit
import History
import Simulation

/// `simulate`: a synthetic partner in Partner Center's own shape.
struct Simulate: Command {
  static let configuration = CommandConfiguration(
    abstract: "Writes the weekly exports of a made-up partner, with the truth beside them.",
    discussion: """
      Customers with several subscriptions, resellers, trials, commitments, usage with a weekly \
      rhythm that fades before most losses, suspensions, transfers that merely vanish, late and \
      restated usage: everything that makes real exports hard. The same seed writes the same bytes. \
      owners.csv is read by import; truth.csv is for checking and is not.
      """,
    examples: [
      Example(
        command: "churn-risk simulate --subscriptions 3000 --weeks 78 --output exports",
        does: "a year and a half of a mid-sized partner")
    ])

  @Option(help: "Azure subscriptions that exist at some time.") var subscriptions: Int
  @Option(help: "Weekly exports.") var weeks: Int
  @Option(help: "Chooses the partner; the same seed is the same partner.") var seed: UInt64 = 1
  @Option(help: "The day of the last export.", whenAbsent: "2026-11-16") var asOf: CalendarDay?
  @Option(value: "DIR", help: "The folder to write.") var output: String
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let session = Session(global)
    var parameters = SimulationParameters(subscriptions: subscriptions, weeks: weeks)
    parameters.seed = seed
    if let asOf { parameters.asOf = asOf }
    session.progress.begin("Simulating")
    let summary = try Simulation(parameters).write(to: output) { done, exports in
      session.progress.update(
        fraction: Double(done) / Double(exports), count: done,
        unit: "of \(counted(exports, "export"))")
    }
    session.progress.end()
    let sentences = [
      "Wrote \(counted(summary.exports, "export")) of \(counted(summary.customers, "customer")) with "
        + "\(counted(summary.subscriptions, "Azure subscription")) and "
        + "\(counted(summary.usageLines, "usage line")) to \(output).",
      "Lost for good: \(counted(summary.churned, "subscription")), "
        + "\(decimals(summary.annualChurn * 100, 1)) % a year.",
    ]
    try StandardStream.output.write(
      sentences.map {
        folded($0, columns: session.outputColumns) + "\n"
      }.joined())
  }
}
