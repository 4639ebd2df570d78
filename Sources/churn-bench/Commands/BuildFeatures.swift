import CommandLineKit
import Features
import Files
import History

/// `build-features STORE`: builds the features of a store and writes them nowhere.
struct BuildFeatures: Command {
  static let configuration = CommandConfiguration(
    abstract:
      "Builds the features of a store's landmarks in memory, and prints counts and seconds.",
    discussion: """
      With an outcome it is the panel that training builds, without one the rows that scoring builds. \
      Seconds run from opening the store to the finished table.
      """,
    examples: [
      Example(
        command: "churn-bench build-features churn-risk.sqlite --from 2026-01-05 --to 2026-03-30",
        does: "prints one JSON object")
    ])

  @Argument(value: "STORE", help: "The store.") var store: String
  @Option(help: "The first landmark, a day with an export.") var from: CalendarDay
  @Option(help: "The last landmark.") var to: CalendarDay
  @Option(value: "DAYS", help: "Reporting lag.", accepting: .within(0...60)) var lag =
    PartnerWorkload.lagDays
  @Flag(help: "Without outcome, as scoring does.") var unlabelled = false

  mutating func run() throws {
    let (wallStart, processorStart) = (monotonicSeconds(), ownProcessorSeconds())
    let opened = try HistoryStore.open(store, for: .reading)
    let history = RememberedHistory(opened)
    let days = Landmarks.observed(history.sources, through: to).filter { $0 >= from }
    let today = Landmarks.observed(history.sources, through: Self.endOfTime).last ?? to
    let rules = StandingRules(
      exclusions: history.exclusions, minimumTenureDays: 0, today: unlabelled ? to : today)
    let table =
      unlabelled
      ? try Self.rowsToScore(history, days, lag, rules)
      : try Panel(
        history: history, landmarks: days, lag: lag, rules: rules,
        definition: ChurnDefinition(
          horizonDays: PartnerWorkload.horizonDays, reactivationGraceDays: 0), knownThrough: today
      ).table
    let answer: JSONValue = [
      "seconds": .number(monotonicSeconds() - wallStart),
      "processorSeconds": .number(ownProcessorSeconds() - processorStart),
      "rows": .integer(table.count), "landmarks": .integer(days.count),
      "tableBytes": .integer(table.byteCount),
    ]
    try StandardStream.output.write(answer.serialized(pretty: false) + "\n")
  }

  private static let endOfTime = CalendarDay(daysSinceEpoch: 1_000_000)

  /// The rows of the landmarks as a scoring of each of them has them.
  private static func rowsToScore(
    _ history: some HistorySource, _ days: [CalendarDay], _ lag: Int, _ rules: StandingRules
  ) throws -> FeatureTable {
    let statistics = try ReferenceStatistics(history: history, landmarks: days, lag: lag)
    var table = FeatureTable()
    try history.mapCustomers(batch: 512, inPartsOf: 32) { customers, first in
      var subjects: [FeatureTable.Subject] = []
      for (customer, number) in zip(customers, first...) {
        let timeline = CustomerTimeline(customer, statistics.frame)
        for context in statistics.contexts {
          let snapshot = CustomerSnapshot(timeline, at: context)
          for subscription in snapshot.subscriptions
          where rules.standing(of: subscription, at: context) == .scored {
            subjects.append(
              FeatureTable.Subject(subscription, in: snapshot, number: Int32(number)))
          }
        }
      }
      var table = FeatureTable()
      table.append(subjects)
      return table
    } combine: {
      table.append($0)
    }
    return table
  }
}

extension FeatureTable {
  /// What the columns hold in memory, without the texts of levels.
  var byteCount: Int {
    count
      * (MemoryLayout<Row>.stride + MemoryLayout<Double>.stride * (numeric.count + 1)
        + MemoryLayout<Int32>.stride * categorical.count)
  }
}
