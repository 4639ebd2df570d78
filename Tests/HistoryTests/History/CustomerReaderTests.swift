import TestSupport
import Testing

@testable import History

/// Customers as they are read from a store, against one query for each thing.
struct CustomerReaderTests {
  /// A store of two sources, imported in any order, with pages, rejected rows, changes that come and go,
  /// and subscriptions that only usage speaks of.
  private func folder(_ generator: inout SeededGenerator) throws -> ExportFolder {
    let folder = ExportFolder()
    var exports: [(name: String, source: String)] = []
    for week in 0..<6 {
      let day = day("2025-01-06") + 7 * week
      for source in ["north", "south"] {
        for page in 1...Int.random(in: 1...2, using: &generator) {
          let rows = (1...9).filter { _ in Int.random(in: 0...5, using: &generator) > 1 }.map {
            row($0, day, &generator)
          }
          let name = "\(source)\(page)/\(day).json"
          folder.write(name, envelope(rows))
          exports.append((name, source))
        }
      }
      let usage = (5...14).filter { _ in Bool.random(using: &generator) }.map {
        usageRow($0, "\(day - 1)", "\(week)", tenant: $0 % 4)
      }
      folder.write("usage/\(day).jsonl", jsonLines(usage + [usageRow(20, "\(day)", "1")]))
      exports.append(("usage/\(day).jsonl", "north"))
    }
    for export in exports.shuffled(using: &generator) {
      try folder.import(export.name, source: export.source)
    }
    return folder
  }

  private func row(
    _ id: Int, _ day: CalendarDay, _ generator: inout SeededGenerator
  ) -> String {
    func one(of texts: String...) -> String { texts.randomElement(using: &generator) ?? "" }
    return subscriptionRow(
      id, tenant: id % 3, status: one(of: "ACTIVE", "active", "SUSPENDED", "PAUSED"),
      "\"licenseCount\":\(one(of: "0", "0", "7", "null"))",
      "\"partnerName\":\(one(of: "null", "\"Reseller\"", "\"Other\""))",
      "\"trialEndDate\":\(one(of: "null", "null", "\"2025-02-01T00:00:00\"", "\"2025-02-30T00:00:00\""))",
      "\"lastUsageDate\":\(one(of: "null", "\"\(day - 2)T00:00:00\"", "\"\(day - 90)T00:00:00\""))")
  }

  @Test(arguments: [1 as UInt64, 2, 3, 4])
  func `gives what a query for each thing gives`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let store = try folder(&generator).reading()
    let read = try store.customers()
    let plain = PlainCustomers(store)
    #expect(read.map(\.customerTenantId) == (try plain.tenants()))
    var newest: [GUID: SubscriptionHistory] = [:]
    try store.forEachObservedSubscription(isNewestOnly: true) { newest[$0.id] = $0 }
    for subscription in read.flatMap(\.subscriptions) {
      let expected = try plain.subscription(subscription.id)
      #expect(subscription.states == expected.states)
      #expect(subscription.observations == expected.observations)
      #expect(newest[subscription.id] == (try plain.newest(expected)))
    }
  }
}

/// Reads a store with a query for each thing.
private struct PlainCustomers {
  let store: HistoryStore

  init(_ store: HistoryStore) { self.store = store }

  /// The tenants of subscriptions that were shown, or used.
  func tenants() throws -> [String] {
    let query = try store.statement(
      """
      SELECT DISTINCT value FROM text WHERE id IN (
        SELECT customerTenantId FROM state
        UNION SELECT tenant FROM usage WHERE subscription NOT IN (
          SELECT subscription FROM observation WHERE state != 0))
      ORDER BY value
      """)
    var tenants: [String] = []
    while try query.step() { tenants.append(query.text(0)) }
    return tenants
  }

  func subscription(_ id: GUID) throws -> SubscriptionHistory {
    let rowId = try #require(
      store.overview.customers.flatMap(\.subscriptions).first { $0.guid == id }?.id)
    let query = try store.connection.prepare(
      "SELECT import, state, lastUsageDate FROM observation WHERE subscription = \(rowId)")
    var rows: [Sighting] = []
    while try query.step() {
      let rank = try #require(store.overview.rank(of: query.integer(0)))
      rows.append(
        Sighting(
          rank: rank, state: query.integer(1),
          lastUsageDate: query.isNull(2) ? nil : Int32(query.integer(2))))
    }
    let seen = plainlyResolved(rows, store.overview.places)
    var history = SubscriptionHistory(
      id: id, states: [], observations: [], usage: UsageHistory())
    var ids: [Int64] = []
    for sighting in seen {
      if !ids.contains(sighting.state) {
        ids.append(sighting.state)
        history.states.append(try state(sighting.state))
      }
      let place = store.overview.imports[Int(sighting.rank)]
      history.observations.append(
        Observation(
          day: place.observedOn, source: place.source,
          state: try #require(ids.firstIndex(of: sighting.state)),
          lastUsageDate: sighting.lastUsageDate.map { CalendarDay(daysSinceEpoch: $0) }))
    }
    return history
  }

  /// What is left of a subscription when only the last of each source is looked at.
  func newest(_ history: SubscriptionHistory) throws -> SubscriptionHistory? {
    var newest = history
    newest.observations = history.observations.filter { observation in
      history.observations.last { $0.source == observation.source } == observation
    }
    let used = newest.observations.map(\.state)
    var order: [Int] = []
    for state in used where !order.contains(state) { order.append(state) }
    newest.states = order.map { history.states[$0] }
    for index in newest.observations.indices {
      newest.observations[index].state = try #require(order.firstIndex(of: used[index]))
    }
    return newest.observations.isEmpty ? nil : newest
  }

  private func state(_ id: Int64) throws -> SubscriptionState {
    func text(_ column: String) throws -> String? {
      let query = try store.connection.prepare(
        "SELECT value FROM state JOIN text ON text.id = \(column) WHERE state.id = \(id)")
      return try query.step() ? query.text(0) : nil
    }
    func number(_ column: String) throws -> Int64? {
      let query = try store.connection.prepare("SELECT \(column) FROM state WHERE id = \(id)")
      return try query.step() && !query.isNull(0) ? query.integer(0) : nil
    }
    var state = SubscriptionState()
    state.customerTenantId = try text("customerTenantId")
    state.customerName = try text("customerName")
    state.customerMarket = try text("customerMarket")
    state.status = SubscriptionStatus(written: try text("status") ?? "")
    state.productName = try text("productName")
    state.subscriptionType = try text("subscriptionType")
    state.partnerName = try text("partnerName")
    state.trialEndDate = try number("trialEndDate").map {
      CalendarDay(daysSinceEpoch: Int32($0))
    }
    state.autoRenewEnabled = try number("autoRenewEnabled").map { $0 != 0 }
    state.licenseCount = try number("licenseCount").map { Int($0) }
    return state
  }
}
