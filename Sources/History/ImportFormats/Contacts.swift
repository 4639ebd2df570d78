// Who spoke with whom about which subscription: a log that account managers keep.
//
//   subscriptionId,date,accountManager,outcome,until
//   6F9619FF-8B86-D011-B42D-00C04FC964FF,2025-03-03,Kim Example,called,
//   6F9619FF-8B86-D011-B42D-00C04FC964FF,2025-03-10,Kim Example,snoozed,2025-04-30

/// The contacts CSV: `subscriptionId`, `date`, `accountManager`, `outcome`, `until`.
struct Contacts: ImportFormat {
  let name = "contacts"
  let resource = Resource.contacts

  func recognises(_ head: FileHead) -> Recognition {
    head.shape == .delimited && head.has("subscriptionId") && head.has("date")
      && head.has("outcome") ? .yes : .no
  }

  func loader(_ file: FileImport) -> any RowLoader { ContactsLoader(file) }
}

private enum Field: Int, CaseIterable {
  case subscriptionId, date, accountManager, outcome, until
}

private final class ContactsLoader: FieldRowLoader {
  let fields = Field.allCases.map { ["\($0)"] }
  let file: FileImport

  init(_ file: FileImport) { self.file = file }

  func load(_ row: FieldRow) throws(HistoryError) {
    func reject(_ field: Field, _ reason: String) throws(HistoryError) {
      try file.reject(line: row.line, column: "\(field)", reason)
    }
    guard let guid = row.text(Field.subscriptionId.rawValue).flatMap({ GUID($0) }) else {
      return try reject(.subscriptionId, "the id is not a GUID")
    }
    guard case .day(let day) = row.date(Field.date.rawValue) else {
      let date = row.date(Field.date.rawValue)
      return try reject(
        .date, date == .unset || date == .noEnd ? "the row has no date" : date.problem)
    }
    guard let word = row.text(Field.outcome.rawValue),
      let outcome = closedListWord(word, of: ContactOutcome.self)
    else {
      let known = ContactOutcome.allCases.map(\.rawValue).joined(separator: ", ")
      return try reject(.outcome, "the outcome is none of \(known)")
    }
    var contact = Contact(
      subscriptionId: guid, day: day, accountManager: row.text(Field.accountManager.rawValue),
      outcome: outcome)
    switch row.date(Field.until.rawValue) {
    case .day(let until) where until < day:
      return try reject(.until, "the day lies before the date")
    case .day(let until): contact.until = until
    case .unset: break
    case .noEnd: contact.until = CalendarDay("9999-12-31")
    case .ambiguous, .invalid: return try reject(.until, row.date(Field.until.rawValue).problem)
    }
    try file.transaction.store.insertContact(
      contact, line: row.line, importId: file.transaction.importId)
    file.accept()
  }
}
