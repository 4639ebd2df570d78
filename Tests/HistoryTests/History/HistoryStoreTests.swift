import TestSupport
import Testing

@testable import History

struct HistoryStoreTests {
  @Test func `groups customers by the tenant of the first observation, in order`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope([
        subscriptionRow(1, tenant: 2), subscriptionRow(2, tenant: 1), subscriptionRow(3, tenant: 2),
      ]))
    // Subscription 2 changes hands later; its history stays with the first customer.
    folder.write("2025-01-13.json", envelope([subscriptionRow(2, tenant: 3)]))
    folder.write(
      "2025-01-13.jsonl",
      jsonLines([
        usageRow(9, "2025-01-01", "1", tenant: 3),
        usageRow(8, "2025-01-01", "1").replacing("\(guid(901))".uppercased(), with: ""),
      ]))
    try folder.import("2025-01-06.json", "2025-01-13.json", "2025-01-13.jsonl")
    let customers = try folder.reading().customers()
    #expect(
      customers.map(\.customerTenantId)
        == ["\(guid(8))", "\(guid(901))", "\(guid(902))", "\(guid(903))"])
    #expect(
      customers.map { $0.subscriptions.map(\.id) }
        == [[guid(8)], [guid(2)], [guid(1), guid(3)], [guid(9)]])
  }

  @Test func `finds the first observation by its day, not by the order of import`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1, tenant: 1)]))
    folder.write("2025-01-13.json", envelope([subscriptionRow(1, tenant: 2)]))
    try folder.import("2025-01-13.json", "2025-01-06.json")
    #expect(try folder.reading().customers().map(\.customerTenantId) == ["\(guid(901))"])
  }

  @Test func `hands out customers in batches of the size asked for`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope((1...7).map { subscriptionRow($0, tenant: $0) }))
    try folder.import("2025-01-06.json")
    var sizes: [Int] = []
    try folder.reading().forEachCustomerBatch(size: 3) { sizes.append($0.count) }
    #expect(sizes == [3, 3, 1])
    #expect(throws: CancellationError.self) {
      try folder.reading().forEachCustomerBatch(size: 3) { _ in throw CancellationError() }
    }
  }

  @Test func `orders meters by their texts`() throws {
    let folder = ExportFolder()
    folder.write(
      "usage.jsonl",
      jsonLines(["b", "c", "a"].map { usageRow(1, "2025-01-01", "1", meter: $0) }))
    try folder.import("usage.jsonl", on: "2025-01-06")
    let store = try folder.reading()
    #expect(store.meters.map(\.meterCategory) == ["a", "b", "c"])
    #expect(try store.customers()[0].subscriptions[0].usage.meters == [0, 1, 2])
  }

  @Test func `merges the pages of a day and lets the later import win`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/1.json",
      envelope([subscriptionRow(1), subscriptionRow(2)], nextLink: "\"x\"", totalCount: 3))
    folder.write(
      "2025-01-06/2.json",
      envelope([subscriptionRow(2, status: "SUSPENDED"), subscriptionRow(3)], totalCount: 3))
    try folder.import("2025-01-06")
    let store = try folder.reading()
    #expect(store.sources.map(\.name) == ["default"])
    // A subscription on two pages is one.
    #expect(store.sources[0].days.map(\.rows) == [3])
    #expect(store.sources[0].days.map(\.sharedRows) == [1])
    #expect(store.sources[0].days.map(\.hasAllPages) == [true])
    let subscriptions = try store.customers()[0].subscriptions
    #expect(subscriptions.map(\.observations.count) == [1, 1, 1])
    #expect(subscriptions[1].states.map(\.status) == [.suspended])
  }

  @Test func `knows that pages are missing`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)], totalCount: 2))
    folder.write("2025-01-13.json", envelope([subscriptionRow(1)], nextLink: "\"x\""))
    folder.write("2025-01-20.json", envelope([subscriptionRow(1)], totalCount: 1))
    folder.write("2025-01-27.json", envelope([subscriptionRow(1)]))
    try folder.import(
      "2025-01-06.json", "2025-01-13.json", "2025-01-20.json", "2025-01-27.json")
    #expect(try folder.reading().sources[0].days.map(\.hasAllPages) == [false, false, true, true])
  }

  /// Ten subscriptions; the export of each later day has the ones listed.
  @Test func `compares an export with the last complete one, without those that were due to go`()
    throws
  {
    let folder = ExportFolder()
    let first = (1...10).map { number in
      switch number {
      case 8: subscriptionRow(8, status: "DEPROVISIONED")
      case 9: subscriptionRow(9, status: "SUSPENDED")
      case 10: subscriptionRow(10, "\"commitmentEndDate\":\"2025-01-12T00:00:00\"")
      default: subscriptionRow(number)
      }
    }
    func rest(_ numbers: [Int]) -> String { envelope(numbers.map { subscriptionRow($0) }) }
    folder.write("2025-01-06.json", envelope(first))
    folder.write("2025-01-13.json", rest([1, 2, 3, 4, 5]))
    folder.write("2025-01-20.json", rest([1, 2, 3, 4, 5, 6]))
    folder.write("2025-01-27.json", rest([1, 2, 3, 4, 5, 6, 7, 11]))
    try folder.import(
      "2025-01-27.json", "2025-01-20.json", "2025-01-13.json", "2025-01-06.json")
    let days = try folder.reading().sources[0].days
    // Of 1 … 7, which are expected on every later day: 5, 6 and, against the third export, all 6.
    #expect(days.map(\.retainedShare) == [1, 5.0 / 7, 6.0 / 7, 1])
    #expect(days.map(\.isComplete) == [true, false, true, true])
    #expect(days.map(\.rows) == [10, 5, 6, 8])
  }

  @Test func `expects a subscription until the last day of its commitment, inclusive`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope([
        subscriptionRow(1), subscriptionRow(2, "\"commitmentEndDate\":\"2025-01-13T00:00:00\""),
      ]))
    folder.write("2025-01-13.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-14.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json", "2025-01-13.json", "2025-01-14.json")
    #expect(try folder.reading().sources[0].days.map(\.retainedShare) == [1, 0.5, 1])
  }

  @Test func `judges each source by its own days`() throws {
    let folder = ExportFolder()
    folder.write("a.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    folder.write("b.json", envelope([subscriptionRow(2), subscriptionRow(3)]))
    try folder.import("a.json", on: "2025-01-06", source: "a")
    try folder.import("b.json", on: "2025-01-08", source: "b")
    try folder.import("a.json", on: "2025-01-13", source: "a")
    let store = try folder.reading()
    #expect(store.sources.map { $0.days.map(\.retainedShare) } == [[1, 1], [1]])
    let shared = try store.customers()[0].subscriptions[1]
    #expect(shared.observations.map(\.source) == [0, 1, 0])
  }

  @Test func `keeps usage of subscriptions that no export shows`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    folder.write(
      "2025-01-06.jsonl",
      jsonLines([usageRow(1, "2025-01-01", "1"), usageRow(5, "2025-01-01", "2", tenant: 1)]))
    try folder.import("2025-01-06.json", "2025-01-06.jsonl")
    let customer = try folder.reading().customers()[0]
    #expect(customer.subscriptions.map(\.id) == [guid(1), guid(5)])
    #expect(customer.subscriptions[1].observations.isEmpty)
    #expect(customer.subscriptions[1].usage.quantities == [2])
  }

  @Test func `sees what it imported itself`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    #expect(store.sources.isEmpty)
    _ = try Importer(store).import(paths: [folder["2025-01-06.json"]])
    #expect(store.sources.map(\.name) == ["default"])
    #expect(try store.customers().count == 1)
  }
}
