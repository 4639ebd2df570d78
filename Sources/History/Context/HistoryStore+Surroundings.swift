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
      surroundings.referrals = Self.firstSeen(
        try contextRows(
          .referrals, columns: ["id", "createdDate", "customerMarket", "customerName"]),
        day: "createdDate", identity: { $0.text("id") },
        market: { $0.text("customerMarket") }, customerName: { $0.text("customerName") })
      // A search has no id; of overlapping exports the first that has its day tells of that day.
      surroundings.searches = Self.firstSeen(
        try contextRows(
          .searches, columns: ["searchDate", "keywordCountry", "partnerMarket"]), day: "searchDate",
        identity: { _ in nil },
        market: { $0.text("keywordCountry") ?? $0.text("partnerMarket") },
        customerName: { _ in nil })
      return surroundings
    }
  }

  private struct Identity: Hashable {
    var source: String
    var day: CalendarDay
    var id: String?
  }

  /// Rows as of the first export that shows them.
  ///
  /// - Parameters:
  ///   - rows: source by source, of each the newest import first.
  ///   - column: when it happened; rows without are left out.
  ///   - identity: the id of a row; nil = rows of one day are known together.
  ///   - market: of a row.
  ///   - customerName: of a row.
  /// - Returns: each fact once.
  private static func firstSeen(
    _ rows: [ContextRow], day column: String, identity: (ContextRow) -> String?,
    market: (ContextRow) -> String?, customerName: (ContextRow) -> String?
  ) -> [MarketRecord] {
    var firstExports: [String: CalendarDay] = [:]
    var firstShown: [Identity: CalendarDay] = [:]
    for row in rows {
      firstExports[row.source] = min(firstExports[row.source] ?? row.observedOn, row.observedOn)
      guard let day = row.day(column) else { continue }
      let key = Identity(source: row.source, day: day, id: identity(row))
      firstShown[key] = min(firstShown[key] ?? row.observedOn, row.observedOn)
    }
    return rows.compactMap { row in
      guard let day = row.day(column) else { return nil }
      let key = Identity(source: row.source, day: day, id: identity(row))
      guard firstShown[key] == row.observedOn else { return nil }
      let isOfFirst = firstExports[row.source] == row.observedOn
      return MarketRecord(
        knownOn: isOfFirst ? day : max(day, row.observedOn), day: day, market: market(row),
        customerName: customerName(row))
    }
  }
}
