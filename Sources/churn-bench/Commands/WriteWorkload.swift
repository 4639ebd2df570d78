public import CommandLineKit
import Files
public import History

/// `workload`: writes one of the files that the benchmarks read.
struct WriteWorkload: Command {
  static let configuration = CommandConfiguration(
    name: "workload",
    abstract: "Writes made-up Azure usage of some days; the same numbers give the same bytes.",
    examples: [
      Example(
        command: "churn-bench workload --lines 2000000 --format csv --folder .build/bench",
        does: "a year with two million lines as CSV")
    ])

  @Option(value: "N", help: "Usage lines.", accepting: .atLeast(1)) var lines: Int
  @Option(value: "N", help: "Subscriptions that they are of.", accepting: .within(1...500_000_000))
  var subscriptions = 10_000
  @Option(
    value: "N", help: "Distinct meters.",
    accepting: .within(Workload.slots...WorkloadMeters.limit))
  var meters = 24
  @Option(help: "What the lines are sorted by.") var order = Workload.Order.day
  @Option(help: "How the lines are written.") var format = WorkloadFormat.jsonLines
  @Flag(help: "Compresses the file.") var gzip = false
  @Option(help: "The first usage date.") var from = Workload.firstDayOfYear
  @Option(value: "N", help: "Days from there on.", accepting: .within(1...3_650)) var days = 365
  @Option(value: "DIR", help: "Where the file goes.") var folder = ".build/bench"

  private var workload: Workload {
    var workload = Workload(
      lines: lines, subscriptions: subscriptions, meterCount: meters, order: order)
    workload.firstDay = from
    workload.dayCount = days
    return workload
  }

  func validate() throws {
    guard workload.fits else {
      throw UsageError(
        "\(grouped(lines)) lines do not fit into \(days) days of "
          + "\(grouped(workload.subscriptions)) subscriptions with \(Workload.slots) meters each.")
    }
  }

  /// What is written, and where.
  var file: WorkloadFile {
    WorkloadFile(workload: workload, format: format, isGzipped: gzip, folder: folder)
  }

  mutating func run() throws {
    try file.write()
    try StandardStream.output.write(file.path + "\n")
  }
}

extension Workload.Order: ParsableValue {}
extension WorkloadFormat: ParsableValue {}

extension CalendarDay: ParsableValue {
  /// Fails for what is no day.
  public init?(argument: String) { self.init(argument) }
  /// How a day is written.
  public static var syntax: ValueSyntax {
    ValueSyntax("a day such as 2025-01-01", placeholder: "DAY")
  }
}
