import TestSupport
import Testing

@testable import History

/// A row that is rejected although its id can be read still shows that the subscription was there.
struct PresenceTests {
  private static let impossible = "\"trialEndDate\":\"2025-02-30T00:00:00\""

  private func observations(_ folder: ExportFolder, _ id: Int) throws -> [Observation] {
    let subscriptions = try folder.reading().customers().flatMap(\.subscriptions)
    return try #require(subscriptions.first { $0.id == guid(id) }).observations
  }

  @Test func `a rejected row is no absence`() throws {
    let folder = ExportFolder()
    let whole = envelope([subscriptionRow(1), subscriptionRow(2, status: "SUSPENDED")])
    folder.write("2025-01-06.json", whole)
    folder.write(
      "2025-01-13.json", envelope([subscriptionRow(1), subscriptionRow(2, Self.impossible)]))
    folder.write("2025-01-20.json", whole)
    let report = try folder.import("2025-01-13.json", "2025-01-20.json", "2025-01-06.json")
    #expect(report.files.map(\.rowsRejected) == [1, 0, 0])
    let seen = try observations(folder, 2)
    #expect(seen.map(\.day) == [day("2025-01-06"), day("2025-01-13"), day("2025-01-20")])
    // Nothing of the rejected row is believed: the state before it is repeated.
    #expect(seen.map(\.state) == [0, 0, 0])
    #expect(try folder.reading().sources[0].days.map(\.retainedShare) == [1, 1, 1])
  }

  @Test func `keeps a big loss of rejected rows from making the export incomplete`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope((1...4).map { subscriptionRow($0) }))
    folder.write(
      "2025-01-13.json",
      envelope([subscriptionRow(1)] + (2...4).map { subscriptionRow($0, Self.impossible) }))
    try folder.import("2025-01-06.json", "2025-01-13.json")
    let days = try folder.reading().sources[0].days
    #expect(days.map(\.retainedShare) == [1, 1])
    #expect(days.map(\.rows) == [4, 1])
  }

  @Test func `counts for nothing before anything is known of the subscription`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json", envelope([subscriptionRow(1), subscriptionRow(2, Self.impossible)]))
    try folder.import("2025-01-06.json")
    #expect(try folder.reading().customers().flatMap(\.subscriptions).map(\.id) == [guid(1)])
    #expect(try folder.reading().status().subscriptions.map(\.count) == [1])
    folder.write("2025-01-13.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    try folder.import("2025-01-13.json")
    #expect(try observations(folder, 2).map(\.day) == [day("2025-01-13")])
  }

  @Test func `gives way to a row of the same day that can be used, in any order`() throws {
    let good = subscriptionRow(2, status: "SUSPENDED")
    let bad = subscriptionRow(2, Self.impossible)
    for rows in [[good, bad], [bad, good]] {
      let folder = ExportFolder()
      folder.write("2025-01-06.json", envelope([subscriptionRow(2)]))
      folder.write("2025-01-13.json", envelope(rows))
      try folder.import("2025-01-06.json", "2025-01-13.json")
      #expect(try observations(folder, 2).map(\.state) == [0, 1])
      let pages = ExportFolder()
      pages.write("2025-01-06.json", envelope([subscriptionRow(2)]))
      pages.write("2025-01-13/1.json", envelope([rows[0], subscriptionRow(1)], nextLink: "\"x\""))
      pages.write("2025-01-13/2.json", envelope([rows[1], subscriptionRow(3)]))
      try pages.import("2025-01-06.json", "2025-01-13")
      #expect(try observations(pages, 2).map(\.state) == [0, 1])
    }
  }

  @Test func `repeats what the same source showed, else what any other did`() throws {
    let folder = ExportFolder()
    folder.write("a1.json", envelope([subscriptionRow(2)]))
    folder.write("b1.json", envelope([subscriptionRow(2, status: "SUSPENDED")]))
    folder.write("bad.json", envelope([subscriptionRow(1), subscriptionRow(2, Self.impossible)]))
    try folder.import("a1.json", on: "2025-01-06", source: "a")
    try folder.import("b1.json", on: "2025-01-07", source: "b")
    try folder.import("bad.json", on: "2025-01-13", source: "a")
    try folder.import("bad.json", on: "2025-01-14", source: "c")
    let seen = try observations(folder, 2)
    #expect(seen.map(\.state) == [0, 1, 0, 0])
    #expect(seen.map(\.source) == [0, 1, 0, 2])
    // The latest state is that of the last row, repeated or not.
    let counts = try folder.reading().status().subscriptions
    #expect(counts.map { "\($0.status) \($0.count)" } == ["ACTIVE 2"])
  }

  @Test func `is seen through a field that is too long as well`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    let long = "\"friendlyName\":\"\(String(repeating: "x", count: 1 << 20 + 1))\""
    folder.write("2025-01-13.json", envelope([subscriptionRow(1), subscriptionRow(2, long)]))
    let report = try folder.import("2025-01-06.json", "2025-01-13.json")
    #expect(report.files[1].rowsRejected == 1)
    #expect(try observations(folder, 2).map(\.state) == [0, 0])
  }

  @Test func `is taken back with its import`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    folder.write(
      "2025-01-13.json", envelope([subscriptionRow(1), subscriptionRow(2, Self.impossible)]))
    try folder.import("2025-01-06.json")
    let before = try folder.logicalDump()
    try folder.import("2025-01-13.json")
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    try store.remove(importId: 2)
    #expect(try folder.logicalDump() == before)
    try store.remove(importId: 1)
    #expect(try store.connection.integer("SELECT count(*) FROM state") == 0)
    #expect(try store.connection.integer("SELECT count(*) FROM subscription") == 0)
  }
}
