extension ContactLog {
  /// Reads a contacts file by itself, without adding it to a history.
  ///
  /// - Returns: what it says, and what is to be said about the file.
  /// - Throws: what importing the file throws; `.unusable` when it is no contacts file.
  package static func read(_ path: String) throws(HistoryError) -> (
    contacts: ContactLog, report: ImportReport
  ) {
    let store = try HistoryStore.inMemory(for: path)
    // Contacts carry their own days, so the day of the file itself does not matter.
    let report = try Importer(store).import(
      paths: [path], observedOn: CalendarDay(daysSinceEpoch: 0))
    if let failure = report.failure, failure.what != Importer.unrecognised { throw failure }
    guard report.failure == nil, report.files.allSatisfy({ $0.resource == .contacts }) else {
      throw HistoryError(
        .unusable, path: path, what: "this is no contacts file",
        expected: "a CSV with subscriptionId, date, accountManager, outcome and until")
    }
    return (store.contacts, report)
  }
}
