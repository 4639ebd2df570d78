extension HistoryStore {
  /// Events, resellers, referrals and searches of all imports.
  package var surroundings: Surroundings {
    get throws {
      var surroundings = Surroundings()
      surroundings.events = try events()
      let resellers = try contextRows(
        .indirectResellers,
        columns: [
          "id", "firstSubscriptionSuspendedDate", "latestSubscriptionSuspendedDate",
          "firstSubscriptionDeprovisionedDate", "latestSubscriptionDeprovisionedDate",
        ])
      surroundings.resellers = resellers.compactMap { row in
        guard let id = row.text("id") else { return nil }
        var record = ResellerRecord(knownOn: row.observedOn, id: id)
        record.firstSuspended = row.day("firstSubscriptionSuspendedDate")
        record.latestSuspended = row.day("latestSubscriptionSuspendedDate")
        record.firstDeprovisioned = row.day("firstSubscriptionDeprovisionedDate")
        record.latestDeprovisioned = row.day("latestSubscriptionDeprovisionedDate")
        return record
      }
      surroundings.referrals = try FirstSeenRecords(
        resource: .referrals, dayColumn: "createdDate", idColumn: "id",
        marketColumns: ["customerMarket"], nameColumn: "customerName"
      ).read(self)
      // A search has no id; of overlapping exports the first that has its day tells of that day.
      surroundings.searches = try FirstSeenRecords(
        resource: .searches, dayColumn: "searchDate", idColumn: nil,
        marketColumns: ["keywordCountry", "partnerMarket"], nameColumn: nil
      ).read(self)
      return surroundings
    }
  }
}
