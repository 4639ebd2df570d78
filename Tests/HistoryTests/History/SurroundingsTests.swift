import TestSupport
import Testing

@testable import History

/// Events, resellers, referrals and searches, each fact once, with the day since which it was known.
struct SurroundingsTests {
  private func referral(_ id: Int, created: String) -> String {
    """
    {"id":"\(id)","status":"New","customerMarket":"US","customerName":"Contoso",\
    "customerOrgSize":"10to50employees","createdDate":"\(created)T23:08:59","wonDate":null}
    """
  }

  private func search(_ date: String, country: String, market: String = "\"CN\"") -> String {
    """
    {"companyName":"c","contactButtonClicked":false,"keywordCountry":\(country),\
    "detailsViewed":true,"mpnId":1,"partnerMarket":\(market),"searchDate":"\(date)"}
    """
  }

  @Test func `a referral is known since its date, or since the first later export with it`() throws
  {
    let folder = ExportFolder()
    folder.write("2025-01-06/r.jsonl", jsonLines([referral(1, created: "2024-11-01")]))
    folder.write(
      "2025-01-13/r.jsonl",
      jsonLines([referral(1, created: "2024-11-01"), referral(2, created: "2025-01-02")]))
    folder.write(
      "2025-01-20/r.jsonl",
      jsonLines([referral(2, created: "2025-01-02"), referral(3, created: "2025-01-20")]))
    try folder.import("2025-01-13", "2025-01-06", "2025-01-20")
    let referrals = try folder.reading().surroundings.referrals.sorted { $0.day < $1.day }
    #expect(
      referrals == [
        // Dated by itself before anyone looked.
        MarketRecord(
          knownOn: day("2024-11-01"), day: day("2024-11-01"), market: "US",
          customerName: "Contoso"),
        MarketRecord(
          knownOn: day("2025-01-13"), day: day("2025-01-02"), market: "US",
          customerName: "Contoso"),
        MarketRecord(
          knownOn: day("2025-01-20"), day: day("2025-01-20"), market: "US",
          customerName: "Contoso"),
      ])
  }

  @Test func `searches of a day are those of the first export that has the day`() throws {
    let folder = ExportFolder()
    let two = [search("2025-01-01", country: "\"DE\""), search("2025-01-01", country: "null")]
    folder.write("2025-01-06/s.jsonl", jsonLines(two))
    folder.write("2025-01-13/s.jsonl", jsonLines(two + [search("2025-01-08", country: "\"DE\"")]))
    try folder.import("2025-01-06", "2025-01-13")
    let searches = try folder.reading().surroundings.searches
    #expect(searches.map(\.day).sorted() == ["2025-01-01", "2025-01-01", "2025-01-08"].map(day))
    // Without a country of the keyword the partner's market tells.
    #expect(Set(searches.map(\.market)) == ["DE", "CN"])
    #expect(searches.first { $0.day == day("2025-01-08") }?.knownOn == day("2025-01-13"))
  }

  @Test func `each export of a reseller is a record of its own, known on its day`() throws {
    let folder = ExportFolder()
    for (date, suspended) in [("2025-01-06", "0001-01-01"), ("2025-01-13", "2025-01-09")] {
      folder.write(
        "\(date)/r.json",
        """
        {"id":"1111111","name":"R","firstSubscriptionCreationDate":"2016-10-18T00:00:00",\
        "latestSubscriptionSuspendedDate":"\(suspended)T00:00:00"}
        """)
    }
    try folder.import("2025-01-06", "2025-01-13")
    let surroundings = try folder.reading().surroundings
    let resellers = surroundings.resellers.sorted { $0.knownOn < $1.knownOn }
    #expect(resellers.map(\.id) == ["1111111", "1111111"])
    #expect(resellers.map(\.latestSuspended) == [nil, day("2025-01-09")])
    #expect(surroundings.known(on: day("2025-01-12")).resellers == [resellers[0]])
    #expect(surroundings.known(on: day("2025-01-05")).resellers.isEmpty)
  }

  @Test func `a history without any of them has none, and a cut one none of later`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/r.jsonl", jsonLines([referral(1, created: "2025-01-02")]))
    try folder.import("2025-01-06")
    let store = try folder.reading()
    #expect(try store.surroundings.events.isEmpty)
    #expect(try KnownHistory(store, on: day("2025-01-01")).surroundings == Surroundings())
    #expect(try KnownHistory(store, on: day("2025-01-02")).surroundings.referrals.count == 1)
  }
}
