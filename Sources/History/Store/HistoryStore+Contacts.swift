// Contacts add up: a log of this week stands beside the one of last week, whatever its name.

extension HistoryStore {
  /// In the order of their observation days, imports and lines.
  func readContacts() throws(HistoryError) -> ContactLog {
    let query = try statement(
      """
      SELECT subscriptionId, day, accountManager, outcome, until FROM contact
        JOIN import ON import.id = import
      ORDER BY observedOn, import, line
      """)
    var found: [Contact] = []
    while try query.step() {
      guard let id = query.optionalGUID(0), let day = query.optionalDay(1),
        let outcome = ContactOutcome(rawValue: query.text(3))
      else { continue }
      found.append(
        Contact(
          subscriptionId: id, day: day, accountManager: query.optionalText(2), outcome: outcome,
          until: query.optionalDay(4)))
    }
    return ContactLog(found)
  }

  func insertContact(_ contact: Contact, line: Int, importId: Int64) throws(HistoryError) {
    let insertion = try statement("INSERT INTO contact VALUES (?, ?, ?, ?, ?, ?, ?)")
    insertion.bind(importId, at: 1)
    insertion.bind(Int64(line), at: 2)
    insertion.bind(bytes: contact.subscriptionId.bytes.span, at: 3)
    insertion.bind(Int64(contact.day.daysSinceEpoch), at: 4)
    insertion.bind(contact.accountManager, at: 5)
    insertion.bind(contact.outcome.rawValue, at: 6)
    insertion.bind(contact.until.map { Int64($0.daysSinceEpoch) }, at: 7)
    try insertion.run()
  }
}
