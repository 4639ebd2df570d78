internal import Files

// What a reader needs of all observations, in the store itself, so that opening it need not read them all.
//
//   import ──► refresh ──► all observations ──► digest ──► table `observed`
//                                                             │
//   open   ──► is there one, of these imports? ── yes ────────┘   no ──► all observations
//
// The digest follows from the tables and is never more than they say: triggers drop it with every change that
// is made to them, and its seal goes with the imports that it was made of and with each of its bytes. Whoever
// finds none that fits reads the tables. It holds row ids, days and counts, and no text.

/// What all observations of a store amount to.
struct ObservationDigest: Sendable {
  /// The export days, source by source.
  var exports: [ExportDay] = []
  /// The text id of the tenant of each subscription's first observation that has one, by row id.
  var tenants: [Int64: Int64] = [:]
  var sightings = SightingLog()

  /// Raised with every change to what `encoded` writes, and to how what it holds is worked out.
  private static let format = 1

  /// What only this digest of these imports has, in this format.
  ///
  /// - Parameters:
  ///   - imports: in the order of the store, to which the ranks of sightings refer.
  ///   - bytes: the digest.
  /// - Returns: hexadecimal digits.
  static func seal(_ imports: [ImportOrder], _ bytes: [UInt8]) -> String {
    var words = "\(format)"
    for order in imports {
      let (day, name) = (order.observedOn.daysSinceEpoch, order.sourceName)
      words += " \(order.id) \(day) \(order.source) \(order.resource.rawValue)"
      words += " \(name.utf8.count) \(name)"
    }
    return sha256(Array(words.utf8)) + sha256(bytes)
  }

  init() {}

  /// The digest in bytes; the same for the same digest.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    Varint.append(UInt64(exports.count), to: &bytes)
    for export in exports {
      Varint.append(UInt64(UInt32(bitPattern: export.day.daysSinceEpoch)), to: &bytes)
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
      guard let day = number().flatMap({ UInt32(exactly: $0) }), let rows = number(),
        let shared = number(), let pages = number(), let share = Varint.read(bytes, &position)
      else { return nil }
      var export = ExportDay(
        day: CalendarDay(daysSinceEpoch: Int32(bitPattern: day)), rows: rows,
        hasAllPages: pages == 1, retainedShare: Double(bitPattern: share))
      export.sharedRows = shared
      exports.append(export)
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
      seal TEXT NOT NULL,
      digest BLOB NOT NULL
    ) STRICT;
    \(trigger("INSERT", on: "import"))
    \(trigger("UPDATE", on: "import"))
    \(trigger("DELETE", on: "import"))
    \(trigger("UPDATE", on: "state"))
    \(trigger("DELETE", on: "state"))
    \(trigger("UPDATE", on: "observation"))
    \(trigger("DELETE", on: "observation"))
    \(trigger("UPDATE", on: "source"))
    \(trigger("UPDATE", on: "text"))
    """

  /// Rows are added only together with an import.
  private static func trigger(_ change: String, on table: String) -> String {
    """
    CREATE TRIGGER IF NOT EXISTS observed_\(table)_\(change.lowercased()) AFTER \(change) ON \(table)
    BEGIN DELETE FROM observed; END;
    """
  }

  /// The digest that the store holds.
  ///
  /// - Parameter imports: in the order of the store.
  /// - Returns: nil without one of just these imports.
  /// - Throws: `.unusable` when the store is damaged.
  func readDigest(of imports: [ImportOrder]) throws(HistoryError) -> ObservationDigest? {
    // As long as nobody has written one, there is no such table.
    guard let query = try? statement("SELECT seal, digest FROM observed"), try query.step()
    else { return nil }
    defer { query.reset() }
    let seal = query.text(0)
    let bytes = query.withBytes(1) { bytes in bytes.indices.map { bytes[$0] } }
    guard ObservationDigest.seal(imports, bytes) == seal else { return nil }
    return ObservationDigest(bytes.span)
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
    do {
      // A digest that a power cut takes away is made again: with a log that can be cut short anywhere there is
      // no reason to wait for the disk.
      if try connection.integer("SELECT journal_mode = 'wal' FROM pragma_journal_mode") == 1 {
        try connection.execute("PRAGMA synchronous = NORMAL")
      }
      defer { try? connection.execute("PRAGMA synchronous = FULL") }
      try connection.execute("BEGIN IMMEDIATE")
      guard try connection.integer("PRAGMA data_version") == stateRead else {
        return try connection.execute("ROLLBACK")
      }
      try connection.execute(Self.digestTable)
      let insertion = try statement("INSERT OR REPLACE INTO observed VALUES (0, ?, ?)")
      let bytes = digest.encoded
      insertion.bind(ObservationDigest.seal(overview.imports, bytes), at: 1)
      insertion.bind(bytes: bytes.span, at: 2)
      try insertion.run()
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
    }
  }
}
