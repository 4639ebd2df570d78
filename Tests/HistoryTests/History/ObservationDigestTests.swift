import TestSupport
import Testing

@testable import History

/// What a store keeps of its observations says what they say, and is gone as soon as they change.
struct ObservationDigestTests {
  /// A store of three exports, of two sources, of one of which a page is missing.
  private func folder() throws -> ExportFolder {
    let folder = ExportFolder()
    folder.write("2025-01-06.json", envelope([subscriptionRow(1), subscriptionRow(2)]))
    folder.write(
      "2025-01-13.json",
      envelope([subscriptionRow(1, status: "SUSPENDED"), subscriptionRow(2)]))
    folder.write("2025-01-20.json", envelope([subscriptionRow(2), subscriptionRow(3)]))
    try folder.import("2025-01-06.json", "2025-01-13.json")
    try folder.import("2025-01-20.json", source: "other")
    return folder
  }

  private func writing(_ folder: ExportFolder) throws -> HistoryStore {
    try HistoryStore.open(folder.storePath, for: .changing, patience: 50)
  }

  private func keep(_ folder: ExportFolder) throws {
    try writing(folder).keepDigest(ofAtLeast: 1)
  }

  private func digest(_ folder: ExportFolder) throws -> ObservationDigest? {
    let store = try folder.reading()
    return try store.readDigest(of: store.overview.imports)
  }

  private func hasDigest(_ folder: ExportFolder) throws -> Bool {
    try digest(folder) != nil
  }

  @Test func `a store with a digest answers as one without`() throws {
    let folder = try folder()
    let before = try folder.logicalDump()
    #expect(try !hasDigest(folder))
    try keep(folder)
    #expect(try hasDigest(folder))
    #expect(try folder.logicalDump() == before)
  }

  @Test func `the digest is what the reader would find out itself, to the byte`() throws {
    let folder = try folder()
    let computed = try #require(try writing(folder).overview.newDigest)
    #expect(try folder.reading().overview.newDigest == nil)
    #expect(computed.exports.map(\.rows) == [2, 2, 2])
    try keep(folder)
    let store = try writing(folder)
    #expect(store.overview.newDigest == nil)
    let kept = try #require(try store.readDigest(of: store.overview.imports))
    #expect(kept.encoded == computed.encoded)
    #expect(kept.exports == computed.exports && kept.tenants == computed.tenants)
  }

  @Test func `few observations have no digest`() throws {
    let folder = try folder()
    try HistoryStore.open(folder.storePath, for: .changing, patience: 50).keepDigest()
    #expect(try !hasDigest(folder))
    #expect(
      try folder.reading().connection.integer(
        "SELECT count(*) FROM sqlite_schema WHERE name = 'observed'")
        == 0)
  }

  @Test func `an import drops it, also one without subscriptions`() throws {
    let folder = try folder()
    try keep(folder)
    folder.write("2025-01-27.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-27.json")
    #expect(try !hasDigest(folder))
    #expect(try folder.reading().sources.flatMap(\.days).count == 4)
    try keep(folder)
    folder.write(
      "owners.csv", "customerTenantId,accountManager\n11111111-0000-0000-0000-000000000000,Ann\n")
    try folder.import("owners.csv", on: "2025-01-28")
    #expect(try !hasDigest(folder))
  }

  @Test func `taking an import back drops it`() throws {
    let folder = try folder()
    try keep(folder)
    let store = try HistoryStore.open(folder.storePath, for: .changing, patience: 50)
    try store.remove(importId: try #require(store.imports().last).id)
    #expect(try !hasDigest(folder))
    #expect(try folder.reading().sources.flatMap(\.days).count == 2)
  }

  @Test(arguments: [
    "UPDATE observation SET lastUsageDate = 1", "DELETE FROM observation WHERE state = 1",
    "UPDATE state SET commitmentEndDate = 20000", "DELETE FROM state WHERE id = 1",
    "UPDATE import SET totalCount = 99", "DELETE FROM import WHERE id = 1",
    "UPDATE source SET name = 'z' WHERE id = 1", "UPDATE text SET value = 'z' WHERE id = 1",
  ])
  func `every change to a table that it follows from drops it, whoever makes it`(
    change: String
  ) throws {
    let folder = try folder()
    try keep(folder)
    try Connection(path: folder.storePath, access: .writing, patience: 50).execute(change)
    #expect(try !hasDigest(folder))
  }

  @Test func `what somebody else adds meanwhile keeps the old digest away`() throws {
    let folder = try folder()
    let store = try HistoryStore.open(folder.storePath, for: .changing, patience: 50)
    folder.write("2025-01-27.json", envelope([subscriptionRow(1)]))
    try folder.import("2025-01-27.json")
    store.keepDigest(ofAtLeast: 1)
    #expect(try !hasDigest(folder))
  }

  @Test func `a store that another process is writing stays without, and nothing fails`() throws {
    let folder = try folder()
    let store = try HistoryStore.open(folder.storePath, for: .changing, patience: 0)
    let other = try Connection(path: folder.storePath, access: .writing, patience: 50)
    try other.execute("BEGIN IMMEDIATE")
    store.keepDigest(ofAtLeast: 1)
    try other.execute("ROLLBACK")
    #expect(try !hasDigest(folder))
    store.keepDigest(ofAtLeast: 1)
    #expect(try hasDigest(folder))
  }

  @Test func `bytes that are no digest are read past`() throws {
    let folder = try folder()
    let before = try folder.logicalDump()
    try keep(folder)
    let whole = try #require(try digest(folder)).encoded
    for length in 0..<whole.count {
      #expect(ObservationDigest(whole.span.extracting(0..<length)) == nil)
    }
    #expect(ObservationDigest((whole + [0]).span) == nil)
    // Any byte of it may have become another one.
    var random = SeededGenerator(seed: 3)
    let damages = (0..<60).map { _ in
      let place = Int(random.next() % UInt64(whole.count)) + 1
      let rest = "substr(digest, \(place + 1))"
      return "digest = CAST(substr(digest, 1, \(place - 1)) || x'7f' || \(rest) AS BLOB)"
    }
    for damage in damages + ["digest = x''", "seal = ''", "seal = upper(seal) || 'x'"] {
      try Connection(path: folder.storePath, access: .writing, patience: 50)
        .execute("UPDATE observed SET \(damage)")
      #expect(try folder.logicalDump() == before, "\(damage)")
      try keep(folder)
    }
  }

  @Test func `a digest of other imports is none`() throws {
    let folder = try folder()
    try keep(folder)
    let store = try folder.reading()
    let imports = store.overview.imports
    #expect(try store.readDigest(of: imports) != nil)
    #expect(try store.readDigest(of: imports.dropLast()) == nil)
    #expect(try store.readDigest(of: imports.reversed()) == nil)
    var renamed = imports
    renamed[0].sourceName += "x"
    #expect(try store.readDigest(of: renamed) == nil)
  }

  @Test func `it names nobody`() throws {
    let folder = try folder()
    try keep(folder)
    let query = try folder.reading().connection.prepare("SELECT digest FROM observed")
    #expect(try query.step())
    let text = query.withBytes(0) { bytes in
      String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
    #expect(!text.contains("0000-0000"))
  }
}
