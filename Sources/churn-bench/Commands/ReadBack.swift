import CommandLineKit
import Files
import History
import Learning

/// `read-back STORE`: reads all usage of a store and says how long that took.
struct ReadBack: Command {
  static let configuration = CommandConfiguration(
    abstract: "Reads all usage of a store once, as training does, and prints counts and seconds.",
    examples: [
      Example(command: "churn-bench read-back churn-risk.sqlite", does: "prints one JSON object")
    ])

  /// As training reads: so many customers at a time.
  static let batchSize = 1_000

  @Argument(value: "STORE", help: "The store.") var store: String

  mutating func run() throws {
    let history = try HistoryStore.open(store, for: .reading)
    var lines = 0
    var quantity = 0.0
    let wallStart = monotonicSeconds()
    let processorStart = ownProcessorSeconds()
    try history.forEachCustomerBatch(size: Self.batchSize) { customers in
      for customer in customers {
        for subscription in customer.subscriptions {
          lines += subscription.usage.count
          quantity += relaxedSum(subscription.usage.quantities)
        }
      }
    }
    let processor = ownProcessorSeconds() - processorStart
    let answer: JSONValue = [
      "rows": .integer(lines), "quantity": .number(quantity),
      "seconds": .number(monotonicSeconds() - wallStart), "processorSeconds": .number(processor),
    ]
    try StandardStream.output.write(answer.serialized(pretty: false) + "\n")
  }
}
