/// Erases one customer, inside a transaction.
struct CustomerErasure {
  private let store: HistoryStore
  private let tenant: String
  private let columns: [PersonalColumn]

  /// - Parameters:
  ///   - store: in a transaction.
  ///   - tenant: as the store keeps it; for a customer without one the id of a subscription.
  /// - Throws: `.unusable` when the store is damaged.
  init(_ store: HistoryStore, tenant: String) throws(HistoryError) {
    self.store = store
    self.tenant = tenant
    columns = try PersonalColumn.all(in: store.connection)
  }

  /// Deletes the rows, writes the tombstones and sweeps up; adds what it did to `report`.
  mutating func run(_ report: inout ForgetReport) throws(HistoryError) {
    let textId = try id("SELECT id FROM text WHERE value = ?") { $0.bind(tenant, at: 1) }
    let subscriptions = try subscriptions(ofTenant: textId)
    let names = try names(ofTenant: textId, subscriptions.map(\.id))
    let traces = try NoteTraces(
      [tenant] + names + subscriptionNames(subscriptions.map(\.id))
        + subscriptions.map(\.guid.description))
    report.importsNamingCustomer = try importsNaming(names)
    report.subscriptions = subscriptions.count
    for subscription in subscriptions {
      for column in columns where column.subject == .subscription {
        try delete(column, &report) { (run) throws(HistoryError) in
          switch column.form {
          case .rowId: try run("= ?1") { $0.bind(subscription.id, at: 1) }
          case .blob: try run("= ?1") { $0.bind(bytes: subscription.guid.bytes.span, at: 1) }
          case .text:
            try run("= ?1 COLLATE NOCASE") { $0.bind(subscription.guid.description, at: 1) }
          }
        }
      }
    }
    for column in columns where column.subject == .tenant {
      try delete(column, &report) { (run) throws(HistoryError) in
        if column.form == .rowId {
          if let textId { try run("= ?1") { $0.bind(textId, at: 1) } }
        } else {
          for spelling in spellings { try run("= ?1 COLLATE NOCASE") { $0.bind(spelling, at: 1) } }
        }
      }
    }
    for column in columns where column.subject == .name {
      try delete(column, &report) { (run) throws(HistoryError) in
        for name in names {
          if column.form == .rowId {
            try run("= (SELECT id FROM text WHERE value = ?1)") { $0.bind(name, at: 1) }
          } else {
            try run("= ?1") { $0.bind(name, at: 1) }
          }
        }
      }
    }
    // Where a subscription stays with another tenant, the rows that showed it as this one's go.
    try store.connection.execute(
      "DELETE FROM observation WHERE state != 0 AND state NOT IN (SELECT id FROM state)")
    report.observations += store.connection.changes
    guard report.observations + report.usageLines + report.otherRows > 0 else { return }
    report.otherRows += try store.deleteNotes(holding: traces)
    try store.connection.execute(HistoryStore.sweeping)
    if report.usageLines > 0 {
      try store.rebuildUsageSummaries()
      try store.connection.execute(HistoryStore.sweeping)
    }
    var tombstones = try Tombstones(store)
    try tombstones.add(
      tenant: tenant, subscriptions: subscriptions.map(\.guid), names: names, to: store)
  }

  /// How lists may write the tenant.
  private var spellings: [String] {
    guard GUID(tenant) != nil else { return [tenant] }
    return [tenant, "{\(tenant)}"]
  }

  // MARK: - Whose

  /// The subscriptions that were never seen with another tenant.
  private func subscriptions(
    ofTenant textId: Int64?
  ) throws(HistoryError) -> [(id: Int64, guid: GUID)] {
    let query: Statement
    if let textId {
      query = try store.statement(
        """
        SELECT id, guid FROM subscription
        WHERE (EXISTS (SELECT 1 FROM state WHERE subscription = subscription.id
            AND customerTenantId = ?1)
          OR EXISTS (SELECT 1 FROM usage WHERE subscription = subscription.id AND tenant = ?1)
          OR EXISTS (SELECT 1 FROM billing WHERE subscription = subscription.id AND tenant = ?1))
        AND NOT EXISTS (SELECT 1 FROM state WHERE subscription = subscription.id
          AND customerTenantId != ?1)
        AND NOT EXISTS (SELECT 1 FROM usage WHERE subscription = subscription.id AND tenant != ?1)
        AND NOT EXISTS (SELECT 1 FROM billing WHERE subscription = subscription.id
          AND tenant != ?1)
        """)
      query.bind(textId, at: 1)
    } else if let guid = GUID(tenant) {
      // A customer whose rows name no tenant goes by the id of its one subscription.
      query = try store.statement(
        """
        SELECT id, guid FROM subscription WHERE guid = ?1
        AND NOT EXISTS (SELECT 1 FROM state WHERE subscription = subscription.id
          AND customerTenantId IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM usage WHERE subscription = subscription.id
          AND tenant IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM billing WHERE subscription = subscription.id
          AND tenant IS NOT NULL)
        """)
      query.bind(bytes: guid.bytes.span, at: 1)
    } else {
      return []
    }
    var found: [(id: Int64, guid: GUID)] = []
    while try query.step() {
      guard let guid = query.withBytes(1, { GUID(bytes: $0) }) else { continue }
      found.append((query.integer(0), guid))
    }
    return found
  }

  /// The names that subscriptions and lists give the customer, and those that usage rows do.
  private func names(
    ofTenant textId: Int64?, _ subscriptions: [Int64]
  ) throws(HistoryError) -> [String] {
    let query = try store.statement(
      """
      SELECT value FROM state JOIN text ON text.id = customerName
      WHERE customerTenantId = ?1 AND value != ''
      UNION SELECT customerName FROM customer
      WHERE customerTenantId = ?2 COLLATE NOCASE AND customerName != '' ORDER BY 1
      """)
    query.bind(textId, at: 1)
    query.bind(tenant, at: 2)
    var names: Set<String> = []
    while try query.step() { names.insert(query.text(0)) }
    let used = try store.statement(
      """
      SELECT value FROM usage_name JOIN text ON text.id = customerName
      WHERE subscription = ?1 AND value != ''
      """)
    for subscription in subscriptions {
      used.bind(subscription, at: 1)
      while try used.step() { names.insert(used.text(0)) }
    }
    guard let textId else { return names.sorted() }
    // Of a subscription that other customers had too, what the rows of this one say.
    let shared = try store.statement(
      """
      SELECT DISTINCT value FROM (
          SELECT DISTINCT subscription, import FROM usage_tenant
          WHERE tenant = ?1
          UNION SELECT DISTINCT subscription, import FROM billing WHERE tenant = ?1) AS used
        JOIN usage_name ON usage_name.subscription = used.subscription
          AND usage_name.import = used.import
        JOIN text ON text.id = customerName
      WHERE value != ''
      """)
    shared.bind(textId, at: 1)
    while try shared.step() { names.insert(shared.text(0)) }
    return names.sorted()
  }

  /// What the subscriptions are called.
  private func subscriptionNames(_ subscriptions: [Int64]) throws(HistoryError) -> [String] {
    let query = try store.statement(
      """
      SELECT value FROM state JOIN text ON text.id = friendlyName WHERE subscription = ?1
      UNION SELECT value FROM usage_name JOIN text ON text.id = subscriptionName
      WHERE subscription = ?1
      """)
    var names: [String] = []
    for subscription in subscriptions {
      query.bind(subscription, at: 1)
      while try query.step() { names.append(query.text(0)) }
    }
    return names
  }

  /// The imports whose file's name holds the tenant or a name of at least four characters.
  private func importsNaming(_ names: [String]) throws(HistoryError) -> [Int64] {
    let traces = [tenant] + names.filter { $0.count >= 4 }.map { $0.lowercased() }
    return try store.imports().filter { row in
      let file = row.file.lowercased()
      return traces.contains { file.contains($0) }
    }.map(\.id)
  }

  // MARK: - Deleting

  /// The tables whose rows are many lines each.
  private static let tablesOfLines = SettledUsage.tables + ["billing"]

  private typealias Run = (
    _ condition: String, _ bind: (Statement) -> Void
  ) throws(HistoryError) -> Void

  /// Deletes the rows of a column's table for which a condition on the column holds, and counts them.
  private func delete(
    _ column: PersonalColumn, _ report: inout ForgetReport,
    _ body: (Run) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    var deleted = 0
    var lines = 0
    let store = store
    try body { (condition, bind) throws(HistoryError) in
      let rest =
        "FROM \"\(column.table)\" WHERE \"\(column.column)\" \(condition)"
        + column.restriction
      let hasLines = Self.tablesOfLines.contains(column.table)
      if hasLines {
        let sum = try store.statement("SELECT sum(lines) \(rest)")
        bind(sum)
        if try sum.step() { lines += Int(sum.integer(0)) }
        sum.reset()
      }
      let deletion = try store.statement("DELETE \(rest)")
      bind(deletion)
      try deletion.run()
      deleted += store.connection.changes
    }
    switch column.table {
    case "observation": report.observations += deleted
    case _ where Self.tablesOfLines.contains(column.table): report.usageLines += lines
    // Nothing but what the observations have shown.
    case "state", "subscription": break
    default: report.otherRows += deleted
    }
  }

  private func id(
    _ sql: String, _ bind: (Statement) -> Void
  ) throws(HistoryError) -> Int64? {
    let query = try store.statement(sql)
    bind(query)
    defer { query.reset() }
    return try query.step() ? query.integer(0) : nil
  }
}
