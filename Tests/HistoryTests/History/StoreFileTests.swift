import Glibc
import TestSupport
import Testing

@testable import History

struct StoreFileTests {
  private func openingError(
    _ path: String, for purpose: HistoryStore.Purpose
  ) -> HistoryError? {
    do throws(HistoryError) {
      _ = try HistoryStore.open(path, for: purpose, patience: 0)
      return nil
    } catch {
      return error
    }
  }

  @Test func `creates a store that only its owner can read`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    _ = try Importer(store).import(paths: [folder["2025-01-06.json"]])
    #expect(folder.permissions("store.sqlite") == 0o600)
    #expect(folder.permissions("store.sqlite-wal") == 0o600)
    #expect(folder.permissions("store.sqlite-shm") == 0o600)
  }

  @Test func `a copy that is put back gets its log again`() throws {
    let (folder, copy) = (ExportFolder(), ExportFolder())
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    let original = try Connection(path: folder.storePath, access: .reading, patience: 0)
    try original.execute("VACUUM INTO '\(copy.storePath)'")
    let opened = try HistoryStore.open(copy.storePath, for: .changing)
    let mode = try opened.connection.prepare("PRAGMA journal_mode")
    #expect(try mode.step() && mode.text(0) == "wal")
    #expect(try opened.customers() == folder.reading().customers())
  }

  @Test func `only creates a store for importing`() {
    let folder = ExportFolder()
    #expect(openingError(folder.storePath, for: .reading)?.kind == .missing)
    #expect(openingError(folder.storePath, for: .rehearsing) == nil)
    #expect(!folder.has("store.sqlite"))
  }

  @Test func `takes a file that a killed import left empty for a new store`() throws {
    let folder = ExportFolder()
    folder.write("store.sqlite", "")
    #expect(openingError(folder.storePath, for: .reading)?.kind == .missing)
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    #expect(try folder.reading().imports().count == 1)
  }

  @Test(arguments: [HistoryStore.Purpose.reading, .importing, .rehearsing])
  func `refuses a file that is no database`(purpose: HistoryStore.Purpose) {
    let folder = ExportFolder()
    let text = String(repeating: "This is a letter. ", count: 100)
    folder.write("store.sqlite", text)
    let error = openingError(folder.storePath, for: purpose)
    #expect(error?.kind == .unusable)
    #expect(error?.path == folder.storePath)
    #expect(folder.bytes("store.sqlite") == Array(text.utf8))
  }

  @Test(arguments: [HistoryStore.Purpose.reading, .importing])
  func `refuses a database of another program`(purpose: HistoryStore.Purpose) throws {
    let folder = ExportFolder()
    folder.write("store.sqlite", "")
    do {
      let other = try Connection(path: folder.storePath, access: .writing, patience: 0)
      try other.execute("CREATE TABLE notes (text TEXT)")
    }
    #expect(openingError(folder.storePath, for: purpose)?.what.contains("another program") == true)
  }

  @Test(arguments: [HistoryStore.Purpose.reading, .importing])
  func `refuses a store of a newer version and says so`(purpose: HistoryStore.Purpose) throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    do {
      let store = try HistoryStore.open(folder.storePath, for: .changing)
      try store.connection.execute("PRAGMA user_version = 99")
    }
    let error = openingError(folder.storePath, for: purpose)
    #expect(error?.kind == .unusable)
    #expect(error?.what == "the store has version 99")
    #expect(error?.remedy?.contains("newer churn-risk") == true)
  }

  @Test func `refuses a folder and a place that cannot be written`() throws {
    let folder = ExportFolder()
    #expect(openingError(folder.path, for: .importing)?.kind == .unusable)
    folder.write("2025-01-06/a.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-06/b.json", envelope([subscriptionRow(2)]))
    // Nobody, not even root, can create files in /proc.
    for path in [folder["no/such/store.sqlite"], "/proc/store.sqlite"] {
      let store = try HistoryStore.open(path, for: .importing)
      let report = try Importer(store).import(paths: [folder["2025-01-06"]])
      #expect(report.failure?.kind == .unwritable)
      #expect(report.failure?.path == path)
      guard case .notAttempted = report.files[1].outcome else {
        Issue.record("the second file was tried although there can be no store")
        return
      }
    }
  }

  @Test func `refuses a read-only folder for importing, and reads from it`() async {
    await #expect(processExitsWith: .success) {
      becomeNobody()
      let folder = ExportFolder()
      folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
      folder.write("2025-01-13.json", envelope([subscriptionRow(1)]))
      try folder.import("2025-01-06.json")
      // SAFETY: the string lives as a C string for the duration of the calls.
      precondition(unsafe chmod(folder.path, 0o500) == 0)
      defer { _ = unsafe chmod(folder.path, 0o700) }
      let store = try HistoryStore.open(folder["new.sqlite"], for: .importing)
      let report = try Importer(store).import(paths: [folder["2025-01-13.json"]])
      precondition(report.failure?.kind == .unwritable)
      precondition(report.failure?.path == folder["new.sqlite"])
      let customers = try folder.reading().customers()
      precondition(customers.count == 1)
      precondition(folder.has("store.sqlite") && !folder.has("store.sqlite-wal"))
    }
  }

  @Test func `is busy while another process imports`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    let writer = try HistoryStore.open(folder.storePath, for: .importing)
    let transaction = try ImportTransaction(writer, observedOn: day("2025-01-13"))
    folder.write("2025-01-13/a.json", envelope([subscriptionRow(1)]))
    folder.write("2025-01-13/b.json", envelope([subscriptionRow(2)]))
    let report = try folder.import("2025-01-13")
    #expect(report.failure?.kind == .busy)
    guard case .notAttempted = report.files[1].outcome else {
      Issue.record("the second file was tried although the store was busy")
      return
    }
    // Readers are not disturbed.
    #expect(try folder.reading().imports().count == 1)
    transaction.rollBack()
    #expect(try folder.import("2025-01-13").failure == nil)
  }

  @Test func `keeps nothing of a transaction that is dropped`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    let before = try folder.logicalDump()
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    do {
      let transaction = try ImportTransaction(store, observedOn: day("2025-01-13"))
      _ = try transaction.subscriptionId(guid(5))
      _ = try transaction.textId("text".utf8Span.span)
    }
    #expect(try store.connection.integer("SELECT count(*) FROM subscription") == 1)
    #expect(try folder.logicalDump() == before)
  }

  @Test func `changes only a store that is there`() throws {
    let folder = ExportFolder()
    #expect(openingError(folder.storePath, for: .changing)?.kind == .missing)
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    #expect(openingError(folder.storePath, for: .changing) == nil)
  }

  /// Row ids are remembered between imports; those that another process swept away must not be.
  @Test func `forgets what it remembers when another process has written`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1), subscriptionRow(2, tenant: 2)]))
    folder.write("2025-01-06.jsonl", jsonLines([usageRow(1, "2025-01-01", "1")]))
    folder.write("2025-01-13.json", envelope([subscriptionRow(2, tenant: 2), subscriptionRow(1)]))
    folder.write("2025-01-13.jsonl", jsonLines([usageRow(2, "2025-01-01", "1", tenant: 2)]))
    folder.write("2025-01-09.json", envelope([subscriptionRow(7, tenant: 7)]))
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    let importer = Importer(store)
    _ = try importer.import(paths: [folder["2025-01-06.json"], folder["2025-01-06.jsonl"]])
    let other = try HistoryStore.open(folder.storePath, for: .changing)
    try other.remove(importId: 1)
    try other.remove(importId: 2)
    _ = try Importer(other).import(paths: [folder["2025-01-09.json"]])
    _ = try importer.import(paths: [folder["2025-01-13.json"], folder["2025-01-13.jsonl"]])

    let twin = ExportFolder()
    for name in ["2025-01-09.json", "2025-01-13.json", "2025-01-13.jsonl"] {
      twin.write(name, bytes: try #require(folder.bytes(name)))
      try twin.import(name)
    }
    #expect(try folder.logicalDump() == twin.logicalDump())
  }

  @Test func `shows a reader one state of the store, whatever is imported meanwhile`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope((1...5).map { subscriptionRow($0, tenant: $0) }))
    folder.write("2025-01-06.jsonl", jsonLines([usageRow(5, "2025-01-01", "1", tenant: 5)]))
    try folder.import("2025-01-06.json", "2025-01-06.jsonl")
    let before = try folder.logicalDump()
    let reader = try folder.reading()
    folder.write("2025-01-13.json", envelope([subscriptionRow(5, tenant: 9), subscriptionRow(6)]))
    folder.write(
      "2025-01-13.jsonl",
      jsonLines([usageRow(5, "2025-01-01", "2", meter: "Added"), usageRow(8, "2025-01-02", "1")]))
    var seen: [CustomerHistory] = []
    try reader.forEachCustomerBatch(size: 2) { batch in
      if seen.isEmpty {
        try folder.import("2025-01-13.json", "2025-01-13.jsonl")
        try HistoryStore.open(folder.storePath, for: .changing).remove(importId: 2)
      }
      seen += batch
    }
    #expect(seen.count == 5)
    #expect(try reader.logicalDump() == before)
    try reader.refresh()
    #expect(try reader.logicalDump() != before)
  }

  @Test func `finds damage inside a store`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.jsonl", jsonLines([usageRow(1, "2025-01-01", "1")]))
    try folder.import("2025-01-06.jsonl")
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    try store.connection.execute("UPDATE usage_settled SET packed = x'FFFFFF'")
    let error = #expect(throws: HistoryError.self) { try store.customers() }
    #expect(error?.kind == .unusable)
  }
}
