extension ImportTransaction {
  /// Adds how one subscription looked in this file; a second row of the same id replaces the first.
  ///
  /// - Returns: the row id of the state.
  @discardableResult
  func observe(
    _ subscription: Int64, state: StateRecord, lastUsageDate: CalendarDay?
  ) throws(HistoryError) -> Int64 {
    let stateId = try stateId(state, of: subscription)
    let insertion = try store.statement("INSERT OR REPLACE INTO observation VALUES (?, ?, ?, ?)")
    insertion.bind(subscription, at: 1)
    insertion.bind(importId, at: 2)
    insertion.bind(stateId, at: 3)
    insertion.bind(lastUsageDate.map { Int64($0.daysSinceEpoch) }, at: 4)
    try insertion.run()
    return stateId
  }

  /// Notes that a row which cannot be used shows a subscription; one that can be used outranks it.
  func observePresence(of subscription: Int64) throws(HistoryError) {
    let insertion = try store.statement("INSERT OR IGNORE INTO observation VALUES (?, ?, ?, NULL)")
    insertion.bind(subscription, at: 1)
    insertion.bind(importId, at: 2)
    insertion.bind(Sighting.presenceOnly, at: 3)
    try insertion.run()
  }

  /// The row id of a subscription, which is added when it is new.
  func subscriptionId(_ guid: GUID) throws(HistoryError) -> Int64 {
    if let known = store.caches.subscriptions[guid] { return known }
    let id = try store.findOrInsert(
      find: "SELECT id FROM subscription WHERE guid = ?",
      insert: "INSERT INTO subscription (guid) VALUES (?)"
    ) { $0.bind(bytes: guid.bytes.span, at: 1) }
    store.caches.subscriptions[guid] = id
    return id
  }

  /// The row id of a text, which is added when it is new.
  func textId(_ text: Span<UInt8>) throws(HistoryError) -> Int64 {
    let number = store.caches.texts.number(of: text)
    if number < store.caches.textIds.count { return store.caches.textIds[number] }
    let value = String(copying: text)
    let id = try store.findOrInsert(
      find: "SELECT id FROM text WHERE value = ?", insert: "INSERT INTO text (value) VALUES (?)"
    ) { $0.bind(value, at: 1) }
    store.caches.textIds.append(id)
    return id
  }

  private func stateId(_ state: StateRecord, of subscription: Int64) throws(HistoryError) -> Int64 {
    if store.caches.states[subscription] == nil {
      store.caches.states[subscription] = try store.stateIds(of: subscription)
    }
    if let known = store.caches.states[subscription]?[state] { return known }
    let columns = StateRecord.columns
    let insertion = try store.statement(
      """
      INSERT INTO state (subscription, \(columns.joined(separator: ", ")))
      VALUES (?\(String(repeating: ", ?", count: columns.count)))
      """)
    insertion.bind(subscription, at: 1)
    for (index, value) in state.values.enumerated() { insertion.bind(value, at: Int32(index + 2)) }
    try insertion.run()
    let id = connection.lastInsertedId
    store.caches.states[subscription, default: [:]][state] = id
    return id
  }
}

extension GUID {
  /// The 16 bytes, highest first, as the store keeps them.
  var bytes: [UInt8] {
    (0..<16).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - 8 * (index & 7)))
    }
  }

  /// Reads the 16 bytes; nil when there are not as many.
  init?(bytes: Span<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for index in 0..<8 {
      words.0 = words.0 << 8 | UInt64(bytes[index])
      words.1 = words.1 << 8 | UInt64(bytes[8 + index])
    }
    self.init(high: words.0, low: words.1)
  }
}
