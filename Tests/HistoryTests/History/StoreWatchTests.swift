import Files
import TestSupport
import Testing

@testable import History

struct StoreWatchTests {
  private let folder = TemporaryFolder()

  private func importDay(_ day: String, into name: String = "store.sqlite") throws {
    let file = folder["\(day).json"]
    try writeFile(file) {
      try $0.write(
        """
        {"Value":[{"customerTenantId":"\(guid(9))","id":"\(guid(1))","status":"ACTIVE",
        "subscriptionType":"Azure"}],"@nextLink":null,"TotalCount":1}
        """)
    }
    let store = try HistoryStore.open(folder[name], for: .importing)
    let report = try Importer(store).import(paths: [file])
    #expect(report.failure == nil && report.hasImported)
  }

  @Test func `only what changes the store changes its version`() throws {
    let watch = StoreWatch(folder["store.sqlite"])
    #expect(throws: HistoryError.self) { try watch.version() }
    try importDay("2026-01-05")
    let first = try watch.version()
    #expect(try watch.version() == first)
    let reader = try HistoryStore.open(folder["store.sqlite"], for: .reading)
    #expect(reader.sources.count == 1)
    #expect(try watch.version() == first)
    try importDay("2026-01-12")
    let second = try watch.version()
    #expect(second != first)
    // The same again changes nothing, whatever the version says; what is taken back changes it.
    let store = try HistoryStore.open(folder["store.sqlite"], for: .changing)
    _ = try store.remove(importId: try #require(try store.imports().map(\.id).max()))
    #expect(try watch.version() != second)
  }

  @Test func `another file in the place of the store is another version`() throws {
    try importDay("2026-01-05")
    let watch = StoreWatch(folder["store.sqlite"])
    let first = try watch.version()
    try importDay("2026-01-06", into: "other.sqlite")
    for suffix in ["", "-wal", "-shm"] { try Files.removeFile(folder["store.sqlite" + suffix]) }
    #expect(throws: HistoryError.self) { try watch.version() }
    try importDay("2026-01-07")
    #expect(try watch.version() != first)
  }

  @Test func `a reader that pauses goes on with the newest state, and holds none meanwhile`() throws
  {
    try importDay("2026-01-05")
    let reader = try HistoryStore.open(folder["store.sqlite"], for: .reading)
    try importDay("2026-01-12")
    // It has not looked again.
    #expect(reader.sources.first?.days.count == 1)
    try reader.pause()
    let writer = try HistoryStore.open(folder["store.sqlite"], for: .changing)
    // 0: the log could be emptied.
    #expect(try writer.connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0)
    try reader.resume()
    #expect(reader.sources.first?.days.count == 2)
    try reader.pause()
    try reader.resume()
    #expect(reader.sources.first?.days.count == 2)
  }
}
