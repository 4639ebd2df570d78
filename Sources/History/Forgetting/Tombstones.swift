internal import Files

// What was erased must not come back with the next import of the same exports, and yet the store must not
// hold the ids of those who are gone. So it keeps
//
//   salt      32 random bytes, made once for the store
//   digests   SHA-256 of salt + tenant (text), of salt + subscription (16 bytes), and of salt + "name:" +
//             a name, for rows that have no id
//   before    the first day that is not too old
//
// A digest tells nothing by itself. Somebody who has the store and a tenant's id can still ask it whether
// that tenant was erased; no more than that is left.

/// What was erased of a store and is not to be imported again.
struct Tombstones {
  private var salt: [UInt8] = []
  private var digests: Set<String> = []
  /// Observations and usage of earlier days were erased; nil: none.
  private(set) var before: CalendarDay?

  /// Reads those of a store.
  init(_ store: HistoryStore) throws(HistoryError) {
    let query = try store.statement("SELECT salt, before FROM forgetting")
    while try query.step() {
      salt = query.withBytes(0) { bytes in bytes.indices.map { bytes[$0] } }
      before = query.optionalDay(1)
    }
    let rows = try store.statement("SELECT digest FROM forgotten")
    while try rows.step() { digests.insert(rows.text(0)) }
  }

  /// Whether nobody was erased; days may have been.
  var isEmpty: Bool { digests.isEmpty }

  func holds(_ subscription: GUID) -> Bool {
    !isEmpty && digests.contains(digest(of: subscription.bytes))
  }

  /// - Parameter tenant: lower case, as the store keeps it.
  /// - Returns: whether it was erased.
  func holds(tenant: String) -> Bool {
    !isEmpty && digests.contains(digest(of: Array(tenant.utf8)))
  }

  /// - Parameter name: as written; only to be asked about rows without an id.
  /// - Returns: whether a customer of this name was erased.
  func holds(name: String) -> Bool {
    !isEmpty && digests.contains(digest(of: Self.bytes(ofName: name)))
  }

  private static func bytes(ofName name: String) -> [UInt8] { Array("name:\(name)".utf8) }

  // MARK: - Adding

  /// Writes down that a customer is gone.
  ///
  /// - Parameters:
  ///   - tenant: lower case.
  ///   - subscriptions: those that belonged to this customer alone.
  ///   - names: of the customer, as written.
  ///   - store: in a transaction.
  /// - Throws: `.unwritable`.
  mutating func add(
    tenant: String, subscriptions: [GUID], names: [String], to store: HistoryStore
  ) throws(HistoryError) {
    try makeSalt(in: store)
    let insertion = try store.statement("INSERT OR IGNORE INTO forgotten VALUES (?)")
    for bytes in [Array(tenant.utf8)] + subscriptions.map(\.bytes)
      + names.map(Self.bytes(ofName:))
    {
      let digest = digest(of: bytes)
      digests.insert(digest)
      insertion.bind(digest, at: 1)
      try insertion.run()
    }
  }

  /// Writes down that nothing before a day is to be imported; an earlier day changes nothing.
  mutating func add(before day: CalendarDay, to store: HistoryStore) throws(HistoryError) {
    try makeSalt(in: store)
    if let before, before >= day { return }
    before = day
    let update = try store.statement("UPDATE forgetting SET before = ?")
    update.bind(Int64(day.daysSinceEpoch), at: 1)
    try update.run()
  }

  private mutating func makeSalt(in store: HistoryStore) throws(HistoryError) {
    guard salt.isEmpty else { return }
    var generator = SystemRandomNumberGenerator()
    salt = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let insertion = try store.statement("INSERT INTO forgetting (id, salt) VALUES (0, ?)")
    insertion.bind(bytes: salt.span, at: 1)
    try insertion.run()
  }

  private func digest(of bytes: [UInt8]) -> String { sha256(salt + bytes) }
}
