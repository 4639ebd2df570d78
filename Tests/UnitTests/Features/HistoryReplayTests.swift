import Features
import FoundationEssentials
import History
import Simulation
import TestSupport
import Testing

@testable import Features

/// The replay over whole partners: every feature on every export day.
struct HistoryReplayTests {
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/") + "/shared/histories"
  private static let isThere = FileManager.default.fileExists(atPath: folder)
  private static let absence: Comment = "the histories beside the checkout are not there"

  /// A history in memory, with every `keep`-th of its customers.
  private func imported(_ paths: [String], keep: Int) throws -> InMemoryHistory {
    let scratch = TemporaryFolder()
    let store = try HistoryStore.open(scratch["store.sqlite"], for: .importing)
    _ = try Importer(store).import(paths: paths)
    try store.refresh()
    var customers: [CustomerHistory] = []
    try store.forEachCustomerBatch(size: 1_000) { customers += $0 }
    var history = InMemoryHistory(
      sources: store.sources, meters: store.meters, exclusions: store.exclusions,
      customers: customers.enumerated().filter { $0.offset.isMultiple(of: keep) }.map(\.element))
    history.surroundings = try store.surroundings
    return history
  }

  /// Without optimisation a few of the customers take as long as all with it.
  private var keep: Int {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return isDebug ? 60 : 1
  }

  @Test(.enabled(if: isThere, absence), arguments: ["oulad", "tafeng", "ravenstack"])
  func `every feature of a real partner is the same as it was on the day`(name: String) throws {
    let history = try imported(
      ["\(Self.folder)/\(name)/exports", "\(Self.folder)/\(name)/usage.jsonl.gz"], keep: keep)
    let result = try Replay.differences(history, lag: 0)
    #expect(Set(result.names) == [], "\(name)")
    #expect(result.rows > 300)
  }

  @Test(arguments: [UInt64(1), 2])
  func `every feature of a made-up partner is the same as it was on the day`(seed: UInt64) throws {
    var parameters = SimulationParameters(subscriptions: 120, weeks: 26)
    parameters.seed = seed
    let folder = FileManager.default.temporaryDirectory.path + "/churn-risk-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Simulation(parameters).write(to: folder)
    let history = try imported([folder], keep: 1)
    let result = try Replay.differences(history, lag: 2)
    #expect(Set(result.names) == [], "seed \(seed)")
    #expect(result.rows > 1_000)
  }
}
