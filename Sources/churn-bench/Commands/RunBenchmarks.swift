import CommandLineKit
import Files
import Glibc

/// `run`: measures and prints what came out.
struct RunBenchmarks: Command {
  static let configuration = CommandConfiguration(
    name: "run",
    abstract:
      "Runs benchmarks and prints figures, targets and the distance to the machine's limits.",
    discussion: """
      Contenders take turns on the same file, which is in the page cache: A B, A B, … Minimum and \
      median of all rounds are shown; ratios are those of medians. Peers are Python programs that \
      time their own work only, with the fastest of their settings; churn-risk is timed as a whole \
      process. Before anything is timed, lines and the sum of quantities are compared, and of features \
      the values in every column.

      Nothing is measured while other programs use more than 3 % of the processors, because tools \
      that wait by spinning then slow down far more than others: a disturbed round is repeated, and \
      given up after three times as many rounds. A peer that spreads by more than 15 % puts its \
      ratio in doubt. --force measures all the same and marks what was disturbed.

      Benchmarks:
      \(benchmarks.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
      """,
    examples: [
      Example(command: "churn-bench run", does: "every benchmark, on a quiet machine"),
      Example(
        command: "churn-bench run json-lines csv --runs 9 --json figures.json",
        does: "two benchmarks, nine rounds each, figures in a file"),
      Example(
        command: "churn-bench run --scale --force",
        does: "also ten times the lines, although the machine is busy"),
    ])

  @Argument(value: "NAME", help: "The benchmarks; all when none.") var names: [String] = []
  @Option(value: "N", help: "Rounds that count.", accepting: .within(1...99)) var runs = 5
  @Option(value: "N", help: "Usage lines of a year.", accepting: .within(1_000...2_900_000))
  var lines = 2_000_000
  @Flag(help: "Also measures ten times the lines, and ten times the subscriptions.")
  var scale = false
  @Flag(help: "Measures although other programs disturb, and marks it.") var force = false
  @Option(
    value: "N", help: "Threads of churn-risk and of the peers.",
    whenAbsent: "one per processor", accepting: .within(1...256))
  var threads: Int?
  @Option(value: "FILE", help: "Writes all figures as JSON.") var json: String?
  @Option(value: "DIR", help: "Where the files to import are kept.") var folder = ".build/bench"
  @Option(
    value: "FILE", help: "The churn-risk binary to measure.", whenAbsent: "the one beside this one")
  var program: String?
  @Option(value: "FILE", help: "Python with the peers installed.")
  var python = ".build/peers/bin/python"
  @Option(value: "DIR", help: "The peers' scripts.") var peers = "Training/peers"
  @Flag(short: "q", help: "Does not say what is being done.") var quiet = false

  func validate() throws {
    for name in names where !benchmarks.contains(where: { $0.name == name }) {
      throw UsageError(
        "There is no benchmark '\(name)'. Expected any of: "
          + benchmarks.map(\.name).joined(separator: ", ") + ".")
    }
  }

  mutating func run() throws {
    guard !isDebugBuild else {
      throw UsageError("This is a debug build, whose figures mean nothing. Use 'make bench'.")
    }
    removeAbandonedScratch()
    let scratch = "\(folder)/scratch-\(getpid())"
    try makeFolder(scratch)
    defer { try? removeTree(scratch) }
    let bench = makeBench(scratch: scratch)
    let disturbance = try idleDisturbance()
    guard force || disturbance <= Series.largestDisturbance else {
      throw MachineBusy(share: disturbance)
    }
    bench.report.conditions = conditions(of: bench, disturbance)
    for benchmark in benchmarks where names.isEmpty || names.contains(benchmark.name) {
      try benchmark.run(on: bench)
    }
    if let json {
      try writeFile(json) { try $0.write(bench.report.json.serialized() + "\n") }
    }
    let terminal = Terminal(.output)
    try StandardStream.output.write(
      bench.report.text(width: terminal.isTerminal ? terminal.columns : nil))
  }

  /// Removes what runs left behind that were killed.
  private func removeAbandonedScratch() {
    for name in namesOfFolder(folder) where name.hasPrefix("scratch-") {
      guard let process = pid_t(name.dropFirst(8)), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      try? removeTree("\(folder)/\(name)")
    }
  }

  private func makeBench(scratch: String) -> Bench {
    let threads = threads ?? ProcessorTime.processorCount
    return Bench(
      Bench.Options(
        lines: lines, includesScale: scale,
        series: Series(rounds: runs, acceptsDisturbance: force), folder: folder, isQuiet: quiet),
      program: Program(
        path: program ?? Program.besideThis, threads: threads, scratch: scratch),
      peers: PeerRunner(python: python, scripts: peers, threads: threads, scratch: scratch),
      scratch: scratch)
  }

  /// What the others do while nothing is measured.
  private func idleDisturbance() throws -> Double {
    let before = try ProcessorTime.now()
    sleep(2)
    return try ProcessorTime.now().disturbance(since: before)
  }

  private func conditions(of bench: Bench, _ disturbance: Double) -> [String] {
    [
      "\(ProcessorTime.processorCount) processors (\(processorName())), \(bench.program.threads) "
        + "threads, \(runs) interleaved rounds, files in the page cache; other programs used "
        + "\(percent(disturbance)) of the processors before the start.",
      "Imports: \(Program.name) is timed as a whole process, peers without their start, and a peer is "
        + "measured only if its lines and the sum of its quantities are those of the store. Features and "
        + "trees: the notes below say what is timed.",
    ]
  }
}

/// Whether the compiler left assertions in.
private var isDebugBuild: Bool {
  var isDebug = false
  assert(
    {
      isDebug = true; return true
    }())
  return isDebug
}

/// The machine is not quiet enough to measure anything.
struct MachineBusy: ExitCodeProviding, CustomStringConvertible {
  /// What others use of all processors, 0 … 1.
  var share: Double

  var exitCode: ExitCode { .busy }
  var description: String {
    "Other programs use \(percent(share)) of the processors; expected at most "
      + "\(percent(Series.largestDisturbance)). End them and try again, or pass --force."
  }
}

private func processorName() -> String {
  guard let bytes = try? contents(ofFile: "/proc/cpuinfo") else { return "unknown" }
  let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    .first { $0.hasPrefix("model name") }
  guard let name = line?.split(separator: ":").last else { return "unknown" }
  return String(name.drop { $0 == " " })
}
