import TestSupport
import Testing

@testable import History

struct UsageNameTests {
  /// A usage row that calls its subscription and customer something.
  private static func row(_ id: Int, _ subscription: String, _ customer: String) -> String {
    usageRow(id, "2025-01-02", "4")
      .replacing("\"S\(id)\"", with: "\"\(subscription)\"")
      .replacing("\"Customer 1\"", with: "\"\(customer)\"")
  }

  @Test(arguments: [false, true])
  func `keeps what the first line of each subscription calls it`(isDocument: Bool) throws {
    let folder = ExportFolder()
    let rows = [
      Self.row(1, "First", "Ann Ltd"), Self.row(2, " ", ""), Self.row(1, "Later", "Bo Ltd"),
      Self.row(3, "Third", ""),
    ]
    folder.write(
      "2025-01-06/u.json", isDocument ? envelope(rows) : jsonLines(rows))
    try folder.import("2025-01-06")
    let names = try folder.reading().usageNames()
    #expect(names.map(\.subscriptionId) == [guid(1), guid(3)])
    #expect(names.map(\.subscriptionName) == ["First", "Third"])
    #expect(names.map(\.customerName) == ["Ann Ltd", nil])
  }

  @Test func `hands out the newest names of a source first, and takes them back`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-13/u.jsonl", Self.row(1, "New", "Ann Ltd") + "\n")
    folder.write("2025-01-06/u.jsonl", Self.row(1, "Old", "Ann Ltd") + "\n")
    try folder.import("2025-01-13", "2025-01-06")
    #expect(try folder.reading().usageNames().map(\.subscriptionName) == ["New", "Old"])
    let store = try HistoryStore.open(folder.storePath, for: .changing)
    for row in try store.imports() where row.identity.observedOn == day("2025-01-13") {
      try store.remove(importId: row.id)
    }
    #expect(try store.usageNames().map(\.subscriptionName) == ["Old"])
    #expect(try store.connection.integer("SELECT count(*) FROM text WHERE value = 'New'") == 0)
    #expect(try store.connection.integer("SELECT count(*) FROM text WHERE value = 'Ann Ltd'") == 1)
  }
}
