// What usage exports call the subscriptions and their customers.
//
// Subscription exports have the names too, but some subscriptions are in usage only. Of each file the
// first line of a subscription counts; what later lines call it is not looked at, because a file has
// millions of lines.

/// What one usage export calls a subscription and its customer.
package struct UsageName: Sendable, Hashable {
  /// The subscription.
  package var subscriptionId: GUID
  /// Name of the source.
  package var source: String
  /// The observation day of the export.
  package var observedOn: CalendarDay
  /// As written; nil for none.
  package var customerName: String?
  /// As written; nil for none.
  package var subscriptionName: String?
}

extension HistoryStore {
  /// The names in usage exports: source by source, of each the newest import first, by subscription.
  package func usageNames() throws(HistoryError) -> [UsageName] {
    let query = try statement(
      """
      SELECT guid, source.name, observedOn, customer.value, own.value
      FROM usage_name JOIN subscription ON subscription.id = subscription
        JOIN import ON import.id = import JOIN source ON source.id = import.source
        LEFT JOIN text AS customer ON customer.id = customerName
        LEFT JOIN text AS own ON own.id = subscriptionName
      ORDER BY source.name, observedOn DESC, import.id DESC, guid
      """)
    var names: [UsageName] = []
    while try query.step() {
      guard let guid = query.optionalGUID(0) else { continue }
      names.append(
        UsageName(
          subscriptionId: guid, source: query.text(1),
          observedOn: CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(2))),
          customerName: query.optionalText(3), subscriptionName: query.optionalText(4)))
    }
    return names
  }
}

extension ImportTransaction {
  /// Whether this is the first line of a subscription in this file; true once for each.
  func takesNames(of subscription: Int64) -> Bool {
    namedSubscriptions.insert(subscription).inserted
  }

  /// Keeps what the file calls a subscription: customerName, then subscriptionName.
  func note(names: [[UInt8]], of subscription: Int64) throws(HistoryError) {
    var ids: [Int64?] = []
    for name in names {
      let text = String(decoding: name, as: UTF8.self).trimmingSpaces()
      ids.append(text.isEmpty ? nil : try textId(text.utf8Span.span))
    }
    guard ids.contains(where: { $0 != nil }) else { return }
    let insertion = try store.statement("INSERT INTO usage_name VALUES (?, ?, ?, ?)")
    insertion.bind(subscription, at: 1)
    insertion.bind(importId, at: 2)
    for (index, id) in ids.enumerated() { insertion.bind(id, at: Int32(index + 3)) }
    try insertion.run()
  }
}
