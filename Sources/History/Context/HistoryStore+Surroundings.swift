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
        resource: .referrals, day: "createdDate", identity: "id", markets: ["customerMarket"],
        customerName: "customerName"
      ).read(self)
      // A search has no id; of overlapping exports the first that has its day tells of that day.
      surroundings.searches = try FirstSeenRecords(
        resource: .searches, day: "searchDate", identity: nil,
        markets: ["keywordCountry", "partnerMarket"], customerName: nil
      ).read(self)
      return surroundings
    }
  }
}
