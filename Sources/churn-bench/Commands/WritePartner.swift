import CommandLineKit

/// `partner`: writes the folder that the benchmarks of the features import.
struct WritePartner: Command {
  static let configuration = CommandConfiguration(
    name: "partner",
    abstract: "Writes a made-up partner's weekly exports; the same numbers give the same bytes.",
    examples: [
      Example(
        command: "churn-bench partner --subscriptions 1000 --lines 200000 --folder .build/bench",
        does: "a small partner")
    ])

  @Option(value: "N", help: "Azure subscriptions.", accepting: .within(10...1_000_000))
  var subscriptions = 10_000
  @Option(value: "N", help: "Usage lines, about.", accepting: .atLeast(1)) var lines = 2_000_000
  @Option(value: "N", help: "Weekly exports.", accepting: .within(1...500)) var exports = 57
  @Option(value: "DIR", help: "Where the folder goes.") var folder = ".build/bench"

  mutating func run() throws {
    let partner = PartnerWorkload(subscriptions: subscriptions, lines: lines, exports: exports)
    let folder = PartnerFolder(partner: partner, folder: folder)
    try folder.write()
    try StandardStream.output.write(folder.path + "\n")
  }
}
