import Glibc
import TestSupport
import Testing

@testable import History

/// When the file of a store comes and goes: never under the hands of somebody else.
struct StoreLifetimeTests {
  private func openingError(
    _ folder: ExportFolder, for purpose: HistoryStore.Purpose
  ) -> HistoryError? {
    do throws(HistoryError) {
      _ = try HistoryStore.open(folder.storePath, for: purpose, patience: 0)
      return nil
    } catch {
      return error
    }
  }

  @Test func `an import that finds nothing leaves the store of a running one alone`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    folder.write("empty.json", "")
    let idle = try HistoryStore.open(folder.storePath, for: .importing, patience: 0)
    let running = try HistoryStore.open(folder.storePath, for: .importing, patience: 0)
    var steps = 0
    let report = try Importer(running).import(paths: [folder["2025-01-06.json"]]) { _ in
      steps += 1
      // The second step is inside of the transaction.
      guard steps == 2 else { return }
      #expect(throws: HistoryError.self) { try Importer(idle).import(paths: [folder["none"]]) }
      #expect((try? Importer(idle).import(paths: [folder["empty.json"]]))?.failure != nil)
    }
    #expect(steps == 2 && report.failure == nil)
    #expect(try folder.reading().imports().count == 1)
  }

  @Test func `a store can still be imported into after an import that brought nothing`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    let row = subscriptionRow(1, "\"creationDate\":\"2025-02-30\"")
    folder.write("2025-01-07.json", envelope([row]))
    let importer = Importer(try HistoryStore.open(folder.storePath, for: .importing))
    #expect(try importer.import(paths: [folder["2025-01-07.json"]]).failure != nil)
    #expect(!folder.has("store.sqlite"))
    #expect(try importer.import(paths: [folder["2025-01-06.json"]]).failure == nil)
    #expect(try folder.reading().imports().count == 1)
  }

  @Test func `an empty store stays where another has it open, and is missing for readers`() throws {
    let folder = ExportFolder()
    let row = subscriptionRow(1, "\"creationDate\":\"2025-02-30\"")
    folder.write("2025-01-07.json", envelope([row]))
    let other = try HistoryStore.open(folder.storePath, for: .importing)
    #expect(try folder.import("2025-01-07.json").failure != nil)
    #expect(folder.has("store.sqlite"))
    #expect(openingError(folder, for: .reading)?.kind == .missing)
    // Who has nothing of it open any more takes away only what it has made itself.
    #expect(try Importer(other).import(paths: [folder["2025-01-07.json"]]).failure != nil)
    #expect(folder.has("store.sqlite"))
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    #expect(try Importer(other).import(paths: [folder["2025-01-06.json"]]).failure == nil)
    #expect(try folder.reading().imports().count == 1)
  }

  @Test func `an empty file of the user is no store, and stays what it is`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    folder.write("store.sqlite", "")
    try folder.import("2025-01-06.json", dryRun: true)
    #expect(folder.bytes("store.sqlite") == [])
    #expect(openingError(folder, for: .changing)?.kind == .missing)
    #expect(folder.bytes("store.sqlite") == [])
    #expect(openingError(folder, for: .reading)?.kind == .missing)
    folder.write("2025-01-07.json", "")
    try folder.import("2025-01-07.json")
    #expect(folder.bytes("store.sqlite") == [])
    try folder.import("2025-01-06.json")
    #expect(try folder.reading().imports().count == 1)
  }

  /// As in `flock exports/ churn-risk import exports/`.
  @Test func `a folder that somebody else has locked stops nobody`() throws {
    let folder = ExportFolder()
    // SAFETY: the string lives as a C string for the duration of the call.
    let descriptor = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let row = subscriptionRow(1, "\"creationDate\":\"2025-02-30\"")
    folder.write("2025-01-07.json", envelope([row]))
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    #expect(try folder.import("2025-01-07.json").failure != nil)
    #expect(openingError(folder, for: .reading)?.kind == .missing)
    #expect(try folder.import("2025-01-06.json").failure == nil)
    #expect(try folder.reading().imports().count == 1)
  }

  /// A killed first import leaves one behind.
  @Test func `a store that never had an import is missing for its readers`() throws {
    let folder = ExportFolder()
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    try ImportTransaction(store, observedOn: day("2025-01-06")).rollBack()
    #expect(folder.has("store.sqlite"))
    #expect(openingError(folder, for: .reading)?.kind == .missing)
    #expect(openingError(folder, for: .changing)?.kind == .missing)
  }

  @Test func `a store whose imports were all taken back is empty, not missing`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-06.json")
    try HistoryStore.open(folder.storePath, for: .changing).remove(importId: 1)
    #expect(try folder.reading().imports().isEmpty)
    // And an import that brings nothing does not take it away.
    folder.write("2025-01-07.json", "")
    try folder.import("2025-01-07.json")
    #expect(try folder.reading().imports().isEmpty)
  }
}
