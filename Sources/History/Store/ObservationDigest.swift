// What a reader needs of all observations, in the store itself, so that opening it need not read them all.
//
//   import ──► refresh ──► all observations ──► digest ──► table `observed`
//                                                             │
//   open   ──► is there a digest? ── yes ─────────────────────┘   no ──► all observations
//
// The digest follows from the tables and is never more than they say: triggers drop it with the first change
// to any of them, whichever program makes it, and whoever finds none, or one of another format, reads the
// tables. It holds row ids, days and counts, and no text.

/// What all observations of a store amount to.
struct ObservationDigest: Sendable {
  /// What one export showed.
  struct Export: Sendable, Equatable {
    var rows = 0
    var sharedRows = 0
    var hasAllPages = false
    var retainedShare = 1.0
  }

  /// Source by source, for each of its days.
  var exports: [Export] = []
  /// The text id of the tenant of each subscription's first observation that has one, by row id.
  var tenants: [Int64: Int64] = [:]
  var sightings = SightingLog()

  /// Raised with every change to what `encoded` writes.
  static let format: Int64 = 1

  init() {}

  /// The digest in bytes; the same for the same digest.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    Varint.append(UInt64(exports.count), to: &bytes)
    for export in exports {
      Varint.append(UInt64(export.rows), to: &bytes)
      Varint.append(UInt64(export.sharedRows), to: &bytes)
      Varint.append(export.hasAllPages ? 1 : 0, to: &bytes)
      Varint.append(export.retainedShare.bitPattern, to: &bytes)
    }
    Varint.append(UInt64(tenants.count), to: &bytes)
    for (subscription, tenant) in tenants.sorted(by: { $0.key < $1.key }) {
      Varint.append(UInt64(subscription), to: &bytes)
      Varint.append(UInt64(tenant), to: &bytes)
    }
    sightings.append(to: &bytes)
    return bytes
  }

  /// Reads `encoded`; fails when the bytes are no digest.
  init?(_ bytes: Span<UInt8>) {
    var position = 0
    func number() -> Int? { Varint.read(bytes, &position).flatMap { Int(exactly: $0) } }
    guard let exportCount = number(), exportCount <= bytes.count else { return nil }
    for _ in 0..<exportCount {
      guard let rows = number(), let shared = number(), let pages = number(),
        let share = Varint.read(bytes, &position)
      else { return nil }
      exports.append(
        Export(
          rows: rows, sharedRows: shared, hasAllPages: pages == 1,
          retainedShare: Double(bitPattern: share)))
    }
    guard let tenantCount = number(), tenantCount <= bytes.count else { return nil }
    tenants.reserveCapacity(tenantCount)
    for _ in 0..<tenantCount {
      guard let subscription = number(), let tenant = number() else { return nil }
      tenants[Int64(subscription)] = Int64(tenant)
    }
    guard let log = SightingLog(bytes, &position), position == bytes.count else { return nil }
    sightings = log
  }
}

extension HistoryStore {
  /// Fewer observations are read in no time.
  static let fewestDigested = 10_000

  private static let digestTable = """
    CREATE TABLE IF NOT EXISTS observed (
      id INTEGER PRIMARY KEY CHECK (id = 0),
      format INTEGER NOT NULL,
      digest BLOB NOT NULL
    ) STRICT;
    \(trigger("INSERT", on: "import"))
    \(trigger("UPDATE", on: "import"))
    \(trigger("DELETE", on: "import"))
    \(trigger("UPDATE", on: "state"))
    \(trigger("DELETE", on: "state"))
    \(trigger("UPDATE", on: "observation"))
    \(trigger("DELETE", on: "observation"))
    """

  /// Rows are added to other tables only together with an import.
  private static func trigger(_ change: String, on table: String) -> String {
    """
    CREATE TRIGGER IF NOT EXISTS observed_\(table)_\(change.lowercased()) AFTER \(change) ON \(table)
    BEGIN DELETE FROM observed; END;
    """
  }

  /// The digest that the store holds; nil without one that can be read.
  func readDigest() throws(HistoryError) -> ObservationDigest? {
    guard
      try connection.integer("SELECT 1 FROM sqlite_schema WHERE name = 'observed'") != nil
    else { return nil }
    let query = try statement("SELECT digest FROM observed WHERE format = ?")
    query.bind(ObservationDigest.format, at: 1)
    guard try query.step() else { return nil }
    defer { query.reset() }
    return query.withBytes(0) { ObservationDigest($0) }
  }

  /// Puts the digest of the state that the properties are of into the store, for those who open it later.
  ///
  /// Nobody depends on it: where it cannot be written, or somebody else has changed the store meanwhile, it
  /// stays away.
  ///
  /// - Parameter fewest: with fewer observations it is not worth the bytes.
  func keepDigest(ofAtLeast fewest: Int = HistoryStore.fewestDigested) {
    guard !isPending, let digest = overview.newDigest, overview.observationCount >= fewest
    else { return }
    // A digest that a power cut takes away is made again: no reason to wait for the disk.
    try? connection.execute("PRAGMA synchronous = NORMAL")
    defer { try? connection.execute("PRAGMA synchronous = FULL") }
    do {
      try connection.execute("BEGIN IMMEDIATE")
      guard try connection.integer("PRAGMA data_version") == stateRead else {
        return try connection.execute("ROLLBACK")
      }
      try connection.execute(Self.digestTable)
      let insertion = try statement("INSERT OR REPLACE INTO observed VALUES (0, ?, ?)")
      insertion.bind(ObservationDigest.format, at: 1)
      let bytes = digest.encoded
      insertion.bind(bytes: bytes.span, at: 2)
      try insertion.run()
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
    }
  }
}
