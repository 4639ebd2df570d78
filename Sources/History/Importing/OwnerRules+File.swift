extension OwnerRules {
  /// Reads an owners file by itself, without adding it to a history.
  ///
  /// - Returns: what it says, and what is to be said about the file.
  /// - Throws: what importing the file throws; `.unusable` when it is no owners file.
  package static func read(_ path: String) throws(HistoryError) -> (
    owners: OwnerRules, report: ImportReport
  ) {
    let store = try HistoryStore.inMemory(for: path)
    // Owners begin on the days in the file, so the day of the file itself does not matter.
    let report = try Importer(store).import(
      paths: [path], observedOn: CalendarDay(daysSinceEpoch: 0))
    if let failure = report.failure, failure.what != Importer.unrecognised { throw failure }
    guard report.failure == nil, report.files.allSatisfy({ $0.resource == .owners }) else {
      throw HistoryError(
        .unusable, path: path, what: "this is no owners file",
        expected:
          "a CSV with accountManager and any of subscriptionId, customerTenantId, partnerId, "
          + "customerMarket")
    }
    return (store.owners, report)
  }
}
